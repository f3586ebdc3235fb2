import { defineConfig } from "vitest/config";

// Tests start whole training runs in processes of their own.
export default defineConfig({ test: { testTimeout: 60_000 } });
