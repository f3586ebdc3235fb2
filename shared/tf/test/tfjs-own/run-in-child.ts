import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bundleOwnTests } from "./bundle.ts";
import type { OwnTestsResult } from "./run.ts";

/** Runs TensorFlow.js's own tests in a process of their own, on kernels of one vector width. */
export async function runOwnTests(vectorWidth: 128 | 256): Promise<OwnTestsResult> {
  const bundle = await bundleOwnTests();
  const script = fileURLToPath(new URL("run.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, bundle], {
    env: { ...process.env, COURSE_VECTOR_WIDTH: String(vectorWidth) },
    maxBuffer: 64 * 2 ** 20,
  });
  return JSON.parse(stdout) as OwnTestsResult;
}
