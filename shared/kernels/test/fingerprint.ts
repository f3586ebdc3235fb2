/**
 * A hash over the bits that kernels of every kind compute. Run as a program it prints that of the
 * 128-bit build in a process where V8's flag for wide vectors was never set.
 */
import { createHash } from "node:crypto";
import { createRandom } from "@course/core";
import {
  batchNorm,
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  depthwise,
  gemm,
  type Kernels,
  loadKernels,
  lstm,
  lstmStateLengths,
  maxPool,
  sigmoid,
  softmax,
} from "../src/index.ts";

/** Makes arrays of random numbers in a build's memory, and hashes what kernels wrote. */
function createRecorder({ allocate }: Kernels) {
  const random = createRandom("fingerprint");
  const hash = createHash("sha256");
  return {
    /** Address of random numbers. */
    filled(length: number): number {
      const array = allocate(length);
      for (let i = 0; i < length; i++) array[i] = random.uniform(-1, 1);
      return array.byteOffset;
    },
    /** Runs a kernel on the address of zeros and hashes what it leaves there. */
    record(length: number, kernel: (output: number) => void): void {
      const array = allocate(length);
      kernel(array.byteOffset);
      hash.update(Uint8Array.from(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)));
    },
    digest: () => hash.digest("hex"),
  };
}
type Recorder = ReturnType<typeof createRecorder>;

export function fingerprint(kernels: Kernels): string {
  const recorder = createRecorder(kernels);
  product(kernels, recorder);
  windows(kernels, recorder);
  rows(kernels, recorder);
  sequence(kernels, recorder);
  return recorder.digest();
}

function product({ engine }: Kernels, { filled, record }: Recorder): void {
  const [m, n, k] = [71, 83, 300];
  const strides = { aRow: k, aColumn: 1, bRow: n, bColumn: 1, cRow: n };
  record(m * n, (c) => gemm(engine, { m, n, k, a: filled(m * k), b: filled(k * n), c, ...strides }));
}

function windows({ engine }: Kernels, { filled, record }: Recorder): void {
  const shape = {
    ...{ batch: 2, height: 13, width: 11, channels: 9, outHeight: 13, outWidth: 11, outChannels: 21 },
    ...{ filterHeight: 3, filterWidth: 3, strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1 },
    ...{ padTop: 1, padLeft: 1, multiplier: 1 },
  };
  const lengths = { x: 2 * 13 * 11 * 9, filter: 81 * 21, y: 2 * 13 * 11 * 21 };
  const [x, filter, dy] = [filled(lengths.x), filled(lengths.filter), filled(lengths.y)];
  record(lengths.y, (y) => conv2d(engine, { shape, x, filter, y }));
  record(lengths.x, (dx) => conv2dInputGradient(engine, { shape, dy, filter, dx }));
  record(lengths.filter, (dFilter) => conv2dFilterGradient(engine, { shape, x, dy, dFilter }));
  record(lengths.x, (y) => depthwise(engine, { shape, x, filter, y }));
  record(lengths.x, (y) => maxPool(engine, { shape, x, y }));
  const whole = { ...shape, channels: 32, outChannels: 16 }; // by Winograd's method
  const [image, weights] = [filled(2 * 13 * 11 * 32), filled(9 * 32 * 16)];
  const y = filled(2 * 13 * 11 * 16);
  record(2 * 13 * 11 * 16, (y) => conv2d(engine, { shape: whole, x: image, filter: weights, y }));
  record(9 * 32 * 16, (dFilter) => conv2dFilterGradient(engine, { shape: whole, x: image, dy: y, dFilter }));
}

function rows({ engine }: Kernels, { filled, record }: Recorder): void {
  const [m, n] = [300, 19];
  const x = filled(m * n);
  record(m * n, (y) => sigmoid(engine, { x, y, count: m * n }));
  record(m * n, (y) => softmax(engine, { x, y, m, n }));
  const [gamma, beta, mean, variance] = [filled(n), filled(n), filled(n), filled(n)];
  record(m * n, (y) => batchNorm(engine, { x, m, n, y, gamma, beta, mean, variance, epsilon: 1e-3 }));
}

function sequence({ engine }: Kernels, { filled, record }: Recorder): void {
  const sizes = { batch: 7, time: 5, inputs: 4, units: 19 };
  const lengths = lstmStateLengths(sizes);
  const state = { gates: filled(lengths.gates), hidden: filled(lengths.hidden), cells: filled(lengths.cells) };
  const [x, kernel, recurrentKernel] = [filled(7 * 5 * 4), filled(4 * 76), filled(19 * 76)];
  record(7 * 5 * 19, (y) => lstm(engine, { sizes, x, kernel, recurrentKernel, state, y }));
}

if (import.meta.main) console.log(fingerprint(await loadKernels({ vectorWidth: 128 })));
