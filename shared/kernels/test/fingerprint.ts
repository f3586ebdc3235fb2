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
  type Kernels,
  loadKernels,
  lstm,
  lstmStateLengths,
  maxPool,
  sigmoid,
  softmax,
} from "../src/index.ts";

export function fingerprint({ engine, allocate, sgemm }: Kernels): string {
  const random = createRandom("fingerprint");
  const hash = createHash("sha256");
  const filled = (length: number) => {
    const array = allocate(length);
    for (let i = 0; i < length; i++) array[i] = random.uniform(-1, 1);
    return array;
  };
  const record = (output: Float32Array) =>
    void hash.update(Uint8Array.from(new Uint8Array(output.buffer, output.byteOffset, output.byteLength)));
  const at = ({ byteOffset }: Float32Array) => byteOffset;

  const [m, n, k] = [71, 83, 300];
  const product = allocate(m * n);
  sgemm({ m, n, k, a: filled(m * k), b: filled(k * n), c: product });
  record(product);

  const shape = {
    ...{ batch: 2, height: 13, width: 11, channels: 9, outHeight: 13, outWidth: 11, outChannels: 21 },
    ...{ filterHeight: 3, filterWidth: 3, strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1 },
    ...{ padTop: 1, padLeft: 1, multiplier: 1 },
  };
  const [x, filter, y] = [filled(2 * 13 * 11 * 9), filled(81 * 21), filled(2 * 13 * 11 * 21)];
  const [convolved, dx, dFilter] = [allocate(y.length), allocate(x.length), allocate(filter.length)];
  conv2d(engine, { shape, x: at(x), filter: at(filter), y: at(convolved) });
  conv2dInputGradient(engine, { shape, dy: at(y), filter: at(filter), dx: at(dx) });
  conv2dFilterGradient(engine, { shape, x: at(x), dy: at(y), dFilter: at(dFilter) });
  for (const output of [convolved, dx, dFilter]) record(output);

  const pooled = allocate(x.length);
  depthwise(engine, { shape, x: at(x), filter: at(filter), y: at(pooled) });
  record(pooled);
  maxPool(engine, { shape, x: at(x), y: at(pooled) });
  record(pooled);
  sigmoid(engine, { x: at(x), y: at(pooled), count: x.length });
  record(pooled);
  softmax(engine, { x: at(x), y: at(pooled), m: 2 * 13 * 11, n: 9 });
  record(pooled);
  const [gamma, beta, mean, variance] = [filled(9), filled(9), allocate(9), allocate(9)];
  const norm = { gamma: at(gamma), beta: at(beta), mean: at(mean), variance: at(variance), epsilon: 1e-3 };
  batchNorm(engine, { x: at(x), m: 2 * 13 * 11, n: 9, y: at(pooled), ...norm });
  record(pooled);

  const sizes = { batch: 7, time: 5, inputs: 4, units: 19 };
  const lengths = lstmStateLengths(sizes);
  const [gates, hidden, cells] = [allocate(lengths.gates), allocate(lengths.hidden), allocate(lengths.cells)];
  const state = { gates: at(gates), hidden: at(hidden), cells: at(cells) };
  const outputs = allocate(7 * 5 * 19);
  const weights = { kernel: at(filled(4 * 76)), recurrentKernel: at(filled(19 * 76)) };
  lstm(engine, { sizes, x: at(filled(7 * 5 * 4)), ...weights, state, y: at(outputs) });
  record(outputs);
  return hash.digest("hex");
}

if (import.meta.main) console.log(fingerprint(await loadKernels({ vectorWidth: 128 })));
