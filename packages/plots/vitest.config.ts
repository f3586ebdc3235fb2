import { defineConfig } from "vitest/config";

export default defineConfig({ test: { setupFiles: ["@course/core/testing/fixed-seed"] } });
