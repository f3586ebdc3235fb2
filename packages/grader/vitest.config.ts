import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/*.test.ts"],
    exclude: [...configDefaults.exclude, "test/fixtures/**"],
    testTimeout: 60_000, // the end-to-end tests start vitest and tsc
  },
});
