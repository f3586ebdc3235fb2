import { defineConfig } from "vitest/config";

// Test files run side by side: one thread each. What tests threads asks for them.
export default defineConfig({
  test: { env: { COURSE_THREADS: "1" }, setupFiles: ["@course/core/testing/fixed-seed"] },
});
