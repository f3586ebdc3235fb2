/**
 * Speed of the convolutions and their gradients on one thread in GFLOP/s, in the build that this
 * machine gets: `node scripts/measure-convolution.ts`. Best of many short trials.
 */
import { cpus } from "node:os";
import { type ConvolutionShape, conv2d, conv2dFilterGradient, conv2dInputGradient, loadKernels } from "../src/index.ts";

/** Same padding: ceil(size / stride) places. */
function same(
  batch: number,
  size: number,
  [filter, channels, outChannels]: readonly [number, number, number],
  stride = 1,
): ConvolutionShape {
  const out = Math.ceil(size / stride);
  const pad = Math.floor(Math.max(0, (out - 1) * stride + filter - size) / 2);
  return {
    ...{ batch, height: size, width: size, channels, outHeight: out, outWidth: out, outChannels },
    ...{ filterHeight: filter, filterWidth: filter, strideHeight: stride, strideWidth: stride },
    ...{ dilationHeight: 1, dilationWidth: 1, padTop: pad, padLeft: pad },
  };
}

const CASES: readonly (readonly [name: string, ConvolutionShape])[] = [
  ["5×5, 1 → 32, 28×28, batch 64", same(64, 28, [5, 1, 32])],
  ["5×5, 32 → 64, 14×14, batch 64", same(64, 14, [5, 32, 64])],
  ["3×3, 3 → 32, 32×32, batch 32", same(32, 32, [3, 3, 32])],
  ["3×3, 64 → 64, 16×16, batch 16", same(16, 16, [3, 64, 64])],
  ["3×3, 128 → 128, 8×8, batch 16", same(16, 8, [3, 128, 128])],
  ["3×3 stride 2, 64 → 128, 16×16, batch 16", same(16, 16, [3, 64, 128], 2)],
  ["1×1, 64 → 256, 14×14, batch 16", same(16, 14, [1, 64, 256])],
];
const MILLISECONDS = 400;

const kernels = await loadKernels();
const { engine } = kernels;

function best(run: () => void): number {
  let result = Number.POSITIVE_INFINITY;
  for (const end = performance.now() + MILLISECONDS; performance.now() < end; ) {
    const start = performance.now();
    run();
    result = Math.min(result, performance.now() - start);
  }
  return result;
}

console.log(`${cpus()[0]?.model}, Node.js ${process.version}, one thread, ${kernels.vectorWidth} bits: GFLOP/s (ms)\n`);
console.log("| convolution | forward | to the input | to the filter |\n|---|---|---|---|");
for (const [name, shape] of CASES) {
  const places = shape.batch * shape.outHeight * shape.outWidth;
  const window = shape.filterHeight * shape.filterWidth * shape.channels;
  const [x, filter, y] = [
    shape.batch * shape.height * shape.width * shape.channels,
    window * shape.outChannels,
    places * shape.outChannels,
  ].map((length) => kernels.allocate(length).fill(0.5).byteOffset) as [number, number, number];
  const times = [
    best(() => conv2d(engine, { shape, x, filter, y })),
    best(() => conv2dInputGradient(engine, { shape, dy: y, filter, dx: x })),
    best(() => conv2dFilterGradient(engine, { shape, x, dy: y, dFilter: filter })),
  ];
  const work = 2 * places * window * shape.outChannels;
  console.log(
    `| ${name} | ${times.map((time) => `${(work / time / 1e6).toFixed(0)} (${time.toFixed(2)})`).join(" | ")} |`,
  );
}
