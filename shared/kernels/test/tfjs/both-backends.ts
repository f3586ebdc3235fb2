import "@tensorflow/tfjs-backend-cpu";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type BackendWasm, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // registers the gradients
import { expect } from "vitest";
import { registerTrainingKernels } from "../../src/tfjs/index.ts";
import { prepareSharedBinary } from "../../src/tfjs/shared-binary.ts";
import type { VectorWidth } from "../../src/wasm-file.ts";
import { type HeapWatch, watchHeap } from "./watch-heap.ts";

export { tf };

const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
let watch: HeapWatch | undefined;

/** Starts both backends, the WASM one with shared memory, our kernels, and canaries around every buffer. */
export async function startBackends(vectorWidth: VectorWidth): Promise<void> {
  if (!watch) {
    const { paths } = await prepareSharedBinary(wasmFolder, join(tmpdir(), "course-kernels-test"));
    setWasmPaths(paths!);
  }
  await registerTrainingKernels(tf, { vectorWidth });
  await tf.setBackend("cpu");
  Object.assign(tf.backend(), { firstUse: false }); // or it prints an advertisement
  await tf.setBackend("wasm");
  watch ??= watchHeap(tf.backend() as BackendWasm);
}

/** Values that a float32 sum cannot hide: no two alike, both signs. */
export function values(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i * 1.618 + seed) + Math.cos(i * i * 0.37 + seed) / 3);
}

export function randomTensor(shape: number[], seed: number): tf.Tensor {
  return tf.tensor(values(tf.util.sizeFromShape(shape), seed), shape);
}

/**
 * Runs `compute` on the plain JavaScript backend and on ours and compares shapes, types and values:
 * a difference may be 1e-5 of the largest value. No tensor may be left, no canary touched.
 */
export async function expectAgreement(compute: () => tf.Tensor | tf.Tensor[]): Promise<void> {
  const expected = await valuesOn("cpu", compute);
  const received = await valuesOn("wasm", compute);
  expect(received.length).toBe(expected.length);
  for (const [i, tensor] of received.entries()) expectClose(`result ${i}`, tensor, expected[i]!);
  watch!.check();
}

interface Values {
  readonly shape: number[];
  readonly dtype: string;
  readonly data: ArrayLike<number>;
}

async function valuesOn(backend: "cpu" | "wasm", compute: () => tf.Tensor | tf.Tensor[]): Promise<Values[]> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const results = tf.tidy(() =>
    [compute()].flat().map((tensor) => ({ shape: tensor.shape, dtype: tensor.dtype, data: tensor.dataSync() })),
  );
  expect(tf.memory().numTensors).toBe(before);
  return results;
}

function expectClose(what: string, received: Values, expected: Values): void {
  expect(received.shape, what).toEqual(expected.shape);
  expect(received.dtype, what).toEqual(expected.dtype);
  let scale = 1e-30;
  for (let i = 0; i < expected.data.length; i++) scale = Math.max(scale, Math.abs(expected.data[i]!));
  for (let i = 0; i < expected.data.length; i++) {
    const difference = Math.abs(received.data[i]! - expected.data[i]!);
    if (!(difference <= 1e-5 * scale))
      expect.fail(
        `${what}, element ${i} of [${expected.shape}]: expected ${expected.data[i]}, received ${received.data[i]}`,
      );
  }
}
