/**
 * Random convolutions, forward and both gradients, in both builds, against plain loops in float64:
 * `node scripts/try-shapes.ts [shapes] [seed]`. Ends with an error at the first wrong value or trap.
 */
import { createRandom, type Random } from "@course/core";
import {
  type ConvolutionShape,
  conv2d,
  conv2dFilterGradient,
  conv2dInputGradient,
  filterGradientPath,
  forwardPath,
  inputGradientPath,
  type Kernels,
  loadKernels,
} from "../src/index.ts";
import { lengthsOf, visitTaps } from "../test/convolution-reference.ts";

/** Relative to the largest value. */
const TOLERANCE = 1e-5;
const [count = 1000, seed = 1] = process.argv.slice(2).map(Number);
const random = createRandom(seed);
const builds = [await loadKernels({ vectorWidth: 128 }), await loadKernels({ vectorWidth: 256 })];

/** Any sizes, strides, dilations and paddings; a third at stride 1 with whole vectors of channels, for Winograd's method. */
function anyShape(): ConvolutionShape {
  const isWhole = random.uniform() < 1 / 3;
  const upTo = (most: number) => random.integer(1, most + 1);
  const [filterHeight, filterWidth] = isWhole ? [3, 3].fill([3, 5][random.integer(0, 2)]!) : [upTo(5), upTo(5)];
  const channels = () => (isWhole ? 16 * upTo(2) : upTo(20));
  const [isPlain, isPadded] = [random.uniform() < 0.5, random.uniform() < 0.7];
  const step = () => (isWhole || isPlain ? 1 : upTo(3));
  const pad = () => (isPadded ? random.integer(0, 4) : 0);
  const shape = {
    ...{ batch: upTo(3), height: upTo(14), width: upTo(14), channels: channels(), outChannels: channels() },
    ...{ filterHeight: filterHeight!, filterWidth: filterWidth!, strideHeight: step(), strideWidth: step() },
    ...{ dilationHeight: isWhole || isPlain ? 1 : upTo(2), dilationWidth: isWhole || isPlain ? 1 : upTo(2) },
    ...{ padTop: pad(), padLeft: pad() },
  };
  const places = (size: number, pad: number, reach: number, stride: number) =>
    Math.floor((size + pad - reach) / stride) + 1;
  const outHeight = places(
    shape.height,
    shape.padTop + pad(),
    (filterHeight! - 1) * shape.dilationHeight + 1,
    shape.strideHeight,
  );
  const outWidth = places(
    shape.width,
    shape.padLeft + pad(),
    (filterWidth! - 1) * shape.dilationWidth + 1,
    shape.strideWidth,
  );
  return outHeight > 0 && outWidth > 0 ? { ...shape, outHeight, outWidth } : anyShape();
}

const noise = (length: number, random: Random) => Float32Array.from({ length }, () => random.uniform(-1, 1));

/** y, dx and dFilter by plain loops. */
function expectedOf(shape: ConvolutionShape, [x, filter, dy]: readonly Float32Array[]): Float64Array[] {
  const { channels, outChannels } = shape;
  const [y, dx, dFilter] = [dy!, x!, filter!].map(({ length }) => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  visitTaps(shape, (pixel, tap, place) => {
    for (let c = 0; c < channels; c++)
      for (let o = 0; o < outChannels; o++) {
        const [i, w, j] = [pixel * channels + c, (tap * channels + c) * outChannels + o, place * outChannels + o];
        y[j]! += x![i]! * filter![w]!;
        dx[i]! += dy![j]! * filter![w]!;
        dFilter[w]! += x![i]! * dy![j]!;
      }
  });
  return [y, dx, dFilter];
}

function received(
  { engine, allocate, release }: Kernels,
  shape: ConvolutionShape,
  inputs: readonly Float32Array[],
): Float32Array[] {
  const arrays = [...inputs, ...[inputs[2]!, inputs[0]!, inputs[1]!]].map(({ length }) => allocate(length));
  for (const [i, values] of inputs.entries()) arrays[i]!.set(values);
  const [x, filter, dy, y, dx, dFilter] = arrays.map(({ byteOffset }) => byteOffset) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  conv2d(engine, { shape, x, filter, y });
  conv2dInputGradient(engine, { shape, dy, filter, dx });
  conv2dFilterGradient(engine, { shape, x, dy, dFilter });
  const results = arrays.slice(3).map((array) => array.slice());
  for (const array of arrays) release(array);
  return results;
}

const paths = new Map<string, number>();
let largest = 0;
for (let i = 0; i < count; i++) {
  const shape = anyShape();
  const { x, filter, y } = lengthsOf(shape);
  const inputs = [x, filter, y].map((length) => noise(length, random));
  const expected = expectedOf(shape, inputs);
  const [narrow, wide] = builds.map((kernels) => received(kernels, shape, inputs)) as [Float32Array[], Float32Array[]];
  for (const [r, values] of expected.entries()) {
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
    for (const [j, value] of values.entries()) {
      const error = Math.abs(narrow[r]![j]! - value) / scale;
      if (!(error <= TOLERANCE) || !Object.is(narrow[r]![j], wide[r]![j]))
        throw new Error(
          `shape ${i}, result ${r}, element ${j}: expected ${value}, received ${narrow[r]![j]} and ${wide[r]![j]}: ${JSON.stringify(shape)}`,
        );
      largest = Math.max(largest, error);
    }
  }
  for (const path of [
    `forward ${forwardPath(shape)}`,
    `to the input ${inputGradientPath(shape)}`,
    `to the filter ${filterGradientPath(shape)}`,
  ])
    paths.set(path, (paths.get(path) ?? 0) + 1);
}
console.log(
  `${count} random convolutions (seed ${seed}), three passes in two builds: no wrong value, no trap; largest error ${largest.toExponential(1)} of the largest value`,
);
for (const [path, times] of [...paths].sort()) console.log(`${path}: ${times}`);
