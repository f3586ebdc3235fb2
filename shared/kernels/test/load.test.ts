import { readFileSync } from "node:fs";
import { UserError } from "@course/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { chooseWidth } from "../src/choose-width.ts";
import { createHeap, createMemory } from "../src/heap.ts";
import { loadKernels } from "../src/index.ts";
import { assertIntact, readWasm } from "../src/wasm-file.ts";
import { builds, expectSameBits, randomArray } from "./support.ts";

const wasmPath = new URL("../wasm/kernels-128.wasm", import.meta.url);

describe("loadKernels", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("says which build it loaded", () => {
    expect(builds.map(({ vectorWidth }) => vectorWidth)).toEqual([128, 256]);
    for (const { hash, reason, threads } of builds) {
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(reason).toBe("asked for");
      expect(threads).toBe(1);
    }
  });

  test("chooses a build by itself, with a reason", async () => {
    vi.stubEnv("COURSE_VECTOR_WIDTH", "");
    const choice = await chooseWidth();
    expect([128, 256]).toContain(choice.vectorWidth);
    expect(choice.reason).toMatch(/256-bit vectors|128-bit vectors/);
  });

  test("obeys the environment, and names a wrong value in it", async () => {
    vi.stubEnv("COURSE_VECTOR_WIDTH", "128");
    expect((await loadKernels()).vectorWidth).toBe(128);
    vi.stubEnv("COURSE_VECTOR_WIDTH", "512");
    await expect(loadKernels()).rejects.toThrow('COURSE_VECTOR_WIDTH: expected 128 or 256, received "512"');
  });

  test.each(["arm64", "x64"])("keeps to 128 bits on macOS %s", async (arch) => {
    vi.stubGlobal("process", { ...process, versions: process.versions, platform: "darwin", arch, env: {} });
    const { vectorWidth, reason } = await loadKernels();
    vi.unstubAllGlobals();
    expect([vectorWidth, reason]).toEqual([128, `Node.js has no 256-bit vectors on darwin ${arch}`]);
  });

  test("says what is needed where there is no relaxed SIMD", async () => {
    const validate = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    const failure = loadKernels();
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toThrow("no WebAssembly relaxed SIMD: Node.js ≥ 22, Chromium ≥ 114 or Firefox ≥ 145");
    validate.mockRestore();
  });

  test("works in a memory that is not shared, also after its owner has grown it", async () => {
    const memory = new WebAssembly.Memory({ initial: 64, maximum: 1024 });
    const [m, n, k] = [20, 30, 40];
    const operands = { a: randomArray(m * k), b: randomArray(k * n) };
    const expected = new Float32Array(m * n);
    builds[0].sgemm({ m, n, k, ...operands, c: expected });
    for (const vectorWidth of [128, 256] as const) {
      const kernels = await loadKernels({ vectorWidth, heap: createHeap(memory) });
      for (let i = 0; i < 2; i++) {
        const c = new Float32Array(m * n);
        kernels.sgemm({ m, n, k, ...operands, c });
        expectSameBits(c, expected);
        memory.grow(1);
      }
    }
  });
});

describe("the .wasm files", () => {
  test("are verified: every damaged byte is found", async () => {
    const bytes = await readWasm(128);
    expect(bytes).toEqual(new Uint8Array(readFileSync(wasmPath)));
    for (const at of [0, 100, bytes.length - 1]) {
      const damaged = bytes.slice();
      damaged[at] ^= 1;
      expect(() => assertIntact(128, damaged)).toThrow(
        /^kernels-128.wasm: expected SHA-256 .*install @course\/kernels again/,
      );
    }
    expect(() => assertIntact(128, bytes.subarray(0, 50))).toThrow("50 bytes; damaged");
  });

  test("one that is missing is named, with what to do", async () => {
    vi.resetModules();
    vi.doMock("node:fs/promises", () => ({
      readFile: () => Promise.reject(new Error("ENOENT: no such file or directory")),
    }));
    const { readWasm } = await import("../src/wasm-file.ts");
    await expect(readWasm(128)).rejects.toThrow(
      /^kernels: cannot read file:.*kernels-128\.wasm \(Error: ENOENT.*\): is @course\/kernels installed completely\?/,
    );
    vi.doUnmock("node:fs/promises");
  });
});

describe("memory", () => {
  test("views survive growth, and arrays start at zero even in used memory", () => {
    for (const { allocate, release, sgemm } of builds) {
      const a = allocate(4).fill(2);
      const large = allocate(8e6).fill(1); // more than the memory's first 4 MiB
      const c = allocate(4);
      sgemm({ m: 2, n: 2, k: 2, a, b: a, c });
      expect([...c, a.length]).toEqual([8, 8, 8, 8, 4]);
      release(large);
      const again = allocate(8e6);
      expect(again.byteOffset).toBe(large.byteOffset);
      expect(again.every((value) => value === 0)).toBe(true);
      release(again);
    }
  });

  test("refuses what it did not allocate, and lengths that are no counts", () => {
    const { allocate, release } = builds[0];
    const array = allocate(3);
    release(array);
    expect(() => release(array)).toThrow(/is not allocated \(released twice\?\)/);
    expect(() => release(new Float32Array(3))).toThrow("kernels.release: expected an array of kernels.allocate");
    expect(() => allocate(-1)).toThrow("kernels.allocate: expected a length ≥ 0, received -1");
  });

  test("says that it is full before anything is lost", () => {
    const heap = createHeap(new WebAssembly.Memory({ initial: 1, maximum: 2 }));
    const address = heap.allocate(1000);
    expect(() => heap.allocate(140_000)).toThrow(/^kernels: memory is full: expected room for .* \(smaller batch\?\)/);
    expect(heap.allocate(66_000)).toBeGreaterThan(address);
  });

  test("is shared in Node.js", () => {
    expect(createMemory().buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});
