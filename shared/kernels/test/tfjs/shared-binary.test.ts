import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { shareMemory } from "../../src/tfjs/index.ts";
import { prepareSharedBinary } from "../../src/tfjs/shared-binary.ts";

const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
const SIMD = "tfjs-backend-wasm-simd.wasm";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "course-kernels-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A module that defines and exports one memory of 1 to 2 pages: magic, version, memory, export "m". */
const withMemory = (flags: number) =>
  Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, flags, 1, 2, 7, 5, 1, 1, 109, 2, 0);

describe("shareMemory", () => {
  test("changes one byte, and the memory is shared", () => {
    const before = withMemory(1);
    const after = shareMemory(before);
    expect(before).toEqual(withMemory(1));
    expect(after).toEqual(withMemory(3));
    const { m } = new WebAssembly.Instance(new WebAssembly.Module(after)).exports;
    expect((m as WebAssembly.Memory).buffer).toBeInstanceOf(SharedArrayBuffer);
  });
  test("refuses what it does not know", () => {
    expect(() => shareMemory(withMemory(3))).toThrow("expected memory flags 1, received 3");
    expect(() => shareMemory(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))).toThrow("defines no memory");
    expect(() => shareMemory(new TextEncoder().encode("<html><body>"))).toThrow("not WebAssembly");
  });
});

describe("prepareSharedBinary", () => {
  test("keeps a copy that differs in one byte, once", async () => {
    const { paths } = await prepareSharedBinary(wasmFolder, join(root, "cache"));
    const [original, copy] = [readFileSync(join(wasmFolder, SIMD)), readFileSync(paths![SIMD])];
    expect(copy.length).toBe(original.length);
    expect(copy.filter((byte, i) => byte !== original[i])).toEqual(Buffer.of(3));
    expect(await prepareSharedBinary(wasmFolder, join(root, "cache"))).toEqual({ paths });
    expect(readdirSync(join(root, "cache"))).toHaveLength(1);
  });
  test("mends a damaged copy", async () => {
    const { paths } = await prepareSharedBinary(wasmFolder, root);
    const good = readFileSync(paths![SIMD]);
    writeFileSync(paths![SIMD], "damaged");
    await prepareSharedBinary(wasmFolder, root);
    expect(readFileSync(paths![SIMD])).toEqual(good);
  });
  test("another version of the binary is left alone", async () => {
    writeFileSync(join(root, SIMD), withMemory(1));
    const { paths, reason } = await prepareSharedBinary(root, join(root, "cache"));
    expect(paths).toBeUndefined();
    expect(reason).toContain("is not the known one of TensorFlow.js 4.22.0");
  });
  test("a cache that cannot be written is a reason, not an error", async () => {
    writeFileSync(join(root, "file"), ""); // a file where the folder should be stops root as well
    const { reason } = await prepareSharedBinary(wasmFolder, join(root, "file"));
    expect(reason).toContain("the copy with shared memory cannot be kept");
  });
});
