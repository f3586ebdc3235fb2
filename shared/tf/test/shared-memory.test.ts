import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BackendReport } from "../src/index.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "course-tf-"));
});
afterAll(() => rmSync(root, { recursive: true }));

const PROGRAM = `
  const { tf, useBackend } = await import(${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)});
  const report = await useBackend("wasm");
  const memory = tf.backend().wasm.asm.memory.buffer.constructor.name;
  const product = [...tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync()];
  console.log(JSON.stringify({ report, memory, product }));
`;

interface Outcome {
  readonly report: BackendReport;
  readonly memory: string;
  readonly product: number[];
}

/** Starts the backend in a process of its own, with a cache folder of its own. */
async function startWith(cache: string): Promise<Outcome> {
  const environment = { ...process.env, COURSE_CACHE: cache, COURSE_VECTOR_WIDTH: "128" };
  const program = ["--input-type=module", "--eval", PROGRAM];
  const { stdout } = await promisify(execFile)(process.execPath, program, { env: environment });
  return JSON.parse(stdout) as Outcome;
}

describe("TensorFlow.js's memory", () => {
  test("is shared, through a copy of its binary in the cache folder", async () => {
    const cache = join(root, "cache");
    const { report, memory, product } = await startWith(cache);
    expect(memory).toBe("SharedArrayBuffer");
    expect(report).toMatchObject({ backend: "wasm", vectorWidth: 128, note: "" });
    expect(report.kernelsHash).toMatch(/^[0-9a-f]{64}$/);
    expect(product).toEqual([19, 22, 43, 50]);
    expect(readdirSync(cache)).toEqual([expect.stringMatching(/^tfjs-shared-[0-9a-f]+\.wasm$/)]);
  });

  test("is not where the cache cannot be written: it says why and computes with one thread", async () => {
    writeFileSync(join(root, "file"), "");
    const { report, memory, product } = await startWith(join(root, "file"));
    expect(memory).toBe("ArrayBuffer");
    expect(report.threads).toBe(1);
    expect(report.note).toMatch(/^one thread: the copy with shared memory cannot be kept/);
    expect(product).toEqual([19, 22, 43, 50]);
  });
});
