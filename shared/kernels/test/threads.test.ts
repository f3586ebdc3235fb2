import { createRandom } from "@course/core";
import { afterAll, describe, expect, test } from "vitest";
import { dropout } from "../src/dropout.ts";
import { exp } from "../src/elementwise.ts";
import { createEngine, type Engine } from "../src/engine.ts";
import { scatterAdd, segmentSum } from "../src/gather.ts";
import { gemm, gemmBatch } from "../src/gemm.ts";
import { createHeap, createMemory, type Heap } from "../src/heap.ts";
import {
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  loadKernels,
  lstm,
  lstmStateLengths,
} from "../src/index.ts";
import { compile, instantiate } from "../src/instantiate.ts";
import { columnSum, softmax } from "../src/rows.ts";
import { createTeam } from "../src/team.ts";
import { readWasm } from "../src/wasm-file.ts";
import { type KernelWorker, startWorker } from "../src/workers.ts";
import { expectSameBits, randomArray } from "./support.ts";

const teams = await Promise.all([1, 2, 3, 6].map((threads) => loadKernels({ vectorWidth: 256, threads })));
afterAll(() => Promise.all(teams.map(({ engine }) => engine.dispose())));

type Body = (engine: Engine, inputs: readonly number[], output: number) => void;

/** Runs with every number of threads, several times, and compares the bits. */
function compare(inputLengths: readonly number[], outputLength: number, body: Body): void {
  const random = createRandom(outputLength);
  const inputs = inputLengths.map((length) => randomArray(length, random));
  const results = teams.map(({ engine, allocate, release }) => {
    const given = inputs.map((values) => {
      const array = allocate(values.length);
      array.set(values);
      return array;
    });
    const output = allocate(outputLength);
    for (let round = 0; round < 3; round++) {
      output.fill(7);
      body(
        engine,
        given.map(({ byteOffset }) => byteOffset),
        output.byteOffset,
      );
    }
    const result = output.slice();
    for (const array of [...given, output]) release(array);
    return result;
  });
  for (const result of results) expectSameBits(result, results[0]);
  expect(results[0].some((value) => value !== 7)).toBe(true);
}

describe("results do not depend on the number of threads", () => {
  test("there are as many as asked for, also more than processors", () => {
    expect(teams.map(({ threads }) => threads)).toEqual([1, 2, 3, 6]);
    expect(teams.map(({ threadsReason }) => threadsReason)).toEqual(Array(4).fill(undefined));
  });

  test.each([
    [64, 256, 784],
    [500, 10, 300],
    [200, 200, 200],
    [1, 2000, 512],
  ])("product of %i × %i over %i, transposed or not", (m, n, k) => {
    for (const [aRow, aColumn] of [
      [k, 1],
      [1, m],
    ] as const)
      for (const [bRow, bColumn] of [
        [n, 1],
        [1, k],
      ] as const)
        compare([m * k, k * n], m * n, (engine, [a, b], c) =>
          gemm(engine, { m, n, k, a: a, aRow, aColumn, b: b, bRow, bColumn, c, cRow: n }),
        );
  });

  test.each([3, 40])("batch of %i products, one operand shared", (batch) => {
    const [m, n, k] = [33, 29, 70];
    compare([batch * m * k, k * n], batch * m * n, (engine, [a, b], c) => {
      const strides = { aRow: k, aColumn: 1, bRow: n, bColumn: 1, cRow: n, aBatch: m * k, bBatch: 0, cBatch: m * n };
      gemmBatch(engine, { batch, m, n, k, a: a, b: b, c, ...strides });
    });
  });

  test.each([
    ["direct", 9, 20],
    ["by Winograd's method", 16, 32],
  ])("convolution and its gradients, %s", (_path, channels, outChannels) => {
    const shape = {
      ...{ batch: 5, height: 17, width: 19, channels, outHeight: 17, outWidth: 19, outChannels },
      ...{ filterHeight: 3, filterWidth: 3, strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1 },
      ...{ padTop: 1, padLeft: 1 },
    };
    const [x, filter, y] = [5 * 17 * 19 * channels, 9 * channels * outChannels, 5 * 17 * 19 * outChannels] as const;
    compare([x, filter], y, (engine, [xAt, filterAt], to) =>
      conv2d(engine, { shape, x: xAt, filter: filterAt, y: to }),
    );
    compare([y, filter], x, (engine, [dy, filterAt], dx) =>
      conv2dInputGradient(engine, { shape, dy: dy, filter: filterAt, dx }),
    );
    compare([x, y], filter, (engine, [xAt, dy], dFilter) =>
      conv2dFilterGradient(engine, { shape, x: xAt, dy: dy, dFilter }),
    );
  });

  test("elementwise, rows and sums", () => {
    compare([50_001], 50_001, (engine, [x], y) => exp(engine, { x: x, y, count: 50_001 }));
    const keys = { index: 2 ** 31 - 20_000, mask: -77 }; // the index runs over the sign
    compare([50_001], 50_001, (engine, [x], y) => dropout(engine, { x: x, y, count: 50_001, rate: 0.2, keys }));
    compare([3000 * 21], 3000 * 21, (engine, [x], y) => softmax(engine, { x: x, y, m: 3000, n: 21 }));
    compare([70_000 * 3], 3, (engine, [x], y) => columnSum(engine, { x: x, y, m: 70_000, n: 3 }));
    for (const [n, segments] of [
      [300, 7],
      [3, 5000],
    ] as const)
      compare([900 * n, 900], segments * n, (engine, [x, ids], y) => {
        const at = new Int32Array(engine.heap.memory.buffer, ids, 900);
        at.forEach((_, i) => {
          at[i] = (i * 7919) % segments;
        });
        segmentSum(engine, { x: x, m: 900, n, ids: ids, segments, y });
        scatterAdd(engine, { x: y, rows: segments, n, indices: ids, count: 900, y: x });
      });
  });

  test("an LSTM over a sequence", () => {
    const sizes = { batch: 13, time: 6, inputs: 5, units: 24 };
    const lengths = lstmStateLengths(sizes);
    const inputs = [13 * 6 * 5, 5 * 96, 24 * 96, lengths.gates, lengths.hidden, lengths.cells];
    compare(inputs, 13 * 6 * 24, (engine, [x, kernel, recurrentKernel, gates, hidden, cells], y) =>
      lstm(engine, {
        sizes,
        x: x,
        kernel: kernel,
        recurrentKernel: recurrentKernel,
        state: { gates: gates, hidden: hidden, cells: cells },
        y,
      }),
    );
  });

  test("thousands of short calls: no chunk is lost or run twice", () => {
    const { engine, allocate } = teams[3];
    const count = 8192 * 24;
    const [one, sum] = [allocate(count).fill(1), allocate(count)];
    for (let i = 0; i < 2000; i++)
      engine.run("add", [sum.byteOffset, one.byteOffset, sum.byteOffset], { total: count, grain: 8192 });
    expect(sum.every((value) => value === 2000)).toBe(true);
  });
  test.each([1, 2, 4, 7])(
    "every part of a range once, however long it is: %d chunks for each thread",
    (chunksPerThread) => {
      for (const { engine, allocate, release } of teams) {
        const [one, sum] = [allocate(1280).fill(1), allocate(1280)];
        for (let total = 1; total <= 1270; total += 9) {
          sum.fill(0);
          const values = [sum.byteOffset, one.byteOffset, sum.byteOffset] as const;
          engine.run("add", values, { total, grain: 16, chunksPerThread });
          expect(Array.from(sum)).toEqual(Array.from(sum.keys(), (i) => (i < total ? 1 : 0)));
        }
        for (const array of [one, sum]) release(array);
      }
    },
  );
});

interface Crew {
  readonly engine: Engine;
  readonly heap: Heap;
  readonly module: WebAssembly.Module;
  readonly workers: readonly KernelWorker[];
}

/** An engine of three threads whose workers the test holds. */
async function engineWithWorkers(): Promise<Crew> {
  const memory = createMemory();
  const heap = createHeap(memory);
  const module = await compile(await readWasm(128), memory);
  const workers: KernelWorker[] = [];
  const engine = createEngine(instantiate(module, memory), heap, (options) =>
    createTeam({
      ...options,
      start: async (task) => {
        const worker = await startWorker(task);
        workers.push(worker);
        return worker;
      },
    }),
  );
  await engine.addThreads(module, 3);
  return { engine, heap, workers, module };
}

describe("when threads fail", () => {
  test("a worker that dies between calls is done without, and can be replaced", async () => {
    const { engine, heap, module, workers } = await engineWithWorkers();
    const count = 100_000;
    const [x, y] = [heap.allocate(4 * count), heap.allocate(4 * count)];
    new Float32Array(heap.memory.buffer, x, count).fill(0);
    const check = () => {
      const values = new Float32Array(heap.memory.buffer, y, count).fill(7);
      exp(engine, { x, y, count });
      expect(values.every((value) => value === 1)).toBe(true);
    };
    check();
    await workers[0].terminate();
    check();
    expect(engine.threads).toBe(2);
    await workers[1].terminate();
    check();
    expect(engine.threads).toBe(1);
    await engine.addThreads(module, 2);
    check();
    expect(engine.threads).toBe(2);
    await engine.dispose();
  });

  test("a worker that dies with work in hand is reported, not waited for", async () => {
    const memory = createMemory();
    const team = createTeam({ memory, control: 128, stalledMilliseconds: 20 });
    expect(() => team.waitForOthers(() => 1)).toThrow("kernels: a thread ended in the middle of its work");
  });

  test("memory that is not shared: one thread, with the reason", async () => {
    const heap = createHeap(new WebAssembly.Memory({ initial: 64, maximum: 256 }));
    const { threads, threadsReason } = await loadKernels({ vectorWidth: 128, threads: 2, heap });
    expect([threads, threadsReason]).toEqual([1, "threads need a shared memory, and this one is not"]);
  });

  test("a thread that cannot start: those that can are used, and the reason is told", async () => {
    const memory = createMemory();
    const module = await compile(await readWasm(128), memory);
    const engine = createEngine(instantiate(module, memory), createHeap(memory), (options) =>
      createTeam({
        ...options,
        start: (task) => (task.thread === 1 ? Promise.reject(new Error("no more threads")) : startWorker(task)),
      }),
    );
    await expect(engine.addThreads(module, 3)).rejects.toThrow("no more threads");
    expect(engine.threads).toBe(2);
    await engine.dispose();
  });

  test("a number of threads that is none", async () => {
    await expect(loadKernels({ threads: 0 })).rejects.toThrow(
      "kernels: expected a whole number of threads ≥ 1, received 0",
    );
  });
});
