import { defineConfig } from "vitest/config";

// Tests start the command in processes of their own.
export default defineConfig({ test: { testTimeout: 60_000 } });
