import { createRandom } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conv2d, conv2dInputGradient } from "../src/convolution.ts";
import { filterGradientPath, forwardPath, inputGradientPath } from "../src/convolution-choice.ts";
import { conv2dFilterGradient } from "../src/convolution-filter.ts";
import type { ConvolutionShape } from "../src/convolution-shape.ts";
import { lengthsOf, visitTaps } from "./convolution-reference.ts";
import { randomArray, runInBoth } from "./support.ts";

/** Relative to the largest value; 36 places and their transforms round more often than a plain sum. */
const TOLERANCE = 1e-5;
/** The gradient to a filter of 5×5 also sums over many tiles; 1e-4 is what training would notice. */
const TOLERANCE_5 = 2e-5;

interface Sizes {
  readonly batch: number;
  readonly size: readonly [height: number, width: number];
  readonly filter: 3 | 5;
  readonly channels: number;
  readonly outChannels: number;
  /** Rows and columns of zeros above and to the left. */
  readonly pad: number;
}

const shapeOf = ({ batch, size: [height, width], filter, channels, outChannels, pad }: Sizes): ConvolutionShape => ({
  ...{ batch, height, width, channels, outChannels, outHeight: height, outWidth: width },
  ...{ filterHeight: filter, filterWidth: filter, padTop: pad, padLeft: pad },
  ...{ strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1 },
});

function expectNear(what: string, received: Float32Array, expected: Float64Array, tolerance = TOLERANCE): void {
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const at = received.findIndex((value, i) => !(Math.abs(value - expected[i]!) <= tolerance * scale));
  if (at >= 0)
    expect.fail(`${what}, element ${at}: expected ${expected[at]}, received ${received[at]}, scale ${scale}`);
}

/** Forward with bias, with ReLU, and both gradients, in both builds, against plain loops in float64. */
function check(sizes: Sizes): void {
  const shape = shapeOf(sizes);
  for (const pathOf of [forwardPath, inputGradientPath, filterGradientPath]) expect(pathOf(shape)).toBe("Winograd");
  const { channels, outChannels } = shape;
  const lengths = lengthsOf(shape);
  const random = createRandom(lengths.x);
  const [x, filter, dy, bias] = [lengths.x, lengths.filter, lengths.y, outChannels].map((n) =>
    randomArray(n, random),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [dx, dFilter] = [new Float64Array(lengths.x), new Float64Array(lengths.filter)];
  const y = Float64Array.from(dy, (_, i) => bias[i % outChannels]!);
  visitTaps(shape, (pixel, tap, place) => {
    for (let c = 0; c < channels; c++)
      for (let o = 0; o < outChannels; o++) {
        const [from, to, at] = [pixel * channels + c, place * outChannels + o, (tap * channels + c) * outChannels + o];
        y[to]! += x[from]! * filter[at]!;
        dx[from]! += dy[to]! * filter[at]!;
        dFilter[at]! += x[from]! * dy[to]!;
      }
  });
  for (const relu of [false, true]) {
    const [received] = runInBoth([x, filter, bias], [new Float32Array(lengths.y)], ({ engine }, [a, b, c], [out]) =>
      conv2d(engine, { shape, x: a!, filter: b!, bias: c!, y: out!, relu }),
    );
    expectNear("y", received!, relu ? y.map((value) => Math.max(value, 0)) : y);
  }
  const [gradient] = runInBoth([dy, filter], [new Float32Array(lengths.x)], ({ engine }, [a, b], [out]) =>
    conv2dInputGradient(engine, { shape, dy: a!, filter: b!, dx: out! }),
  );
  expectNear("dx", gradient!, dx);
  const [filterGradient] = runInBoth([x, dy], [new Float32Array(lengths.filter)], ({ engine }, [a, b], [out]) =>
    conv2dFilterGradient(engine, { shape, x: a!, dy: b!, dFilter: out! }),
  );
  expectNear("dFilter", filterGradient!, dFilter, sizes.filter === 5 ? TOLERANCE_5 : TOLERANCE);
}

const one: Sizes = { batch: 1, size: [4, 4], filter: 3, channels: 16, outChannels: 16, pad: 1 };

describe("Winograd's method", () => {
  test("hand-worked: a filter with a single one moves the image", () => {
    const shape = shapeOf(one);
    const x = Float32Array.from({ length: 256 }, (_, i) => i);
    const filter = new Float32Array(9 * 256);
    for (let c = 0; c < 16; c++) filter[(5 * 16 + c) * 16 + c] = 1; // row 1, column 2: the pixel to the right
    const [y] = runInBoth([x, filter], [new Float32Array(256)], ({ engine }, [a, b], [out]) =>
      conv2d(engine, { shape, x: a!, filter: b!, y: out! }),
    );
    const right = Float64Array.from(x, (value, i) => (Math.floor(i / 16) % 4 === 3 ? 0 : value + 16));
    expectNear("y", y!, right);
  });

  test.each<[string, Partial<Sizes>]>([
    ["a single tile", {}],
    ["5×5", { filter: 5, pad: 2 }],
    ["a group of images that is not full", { batch: 7, size: [13, 14], filter: 5, pad: 2, channels: 32 }],
    ["several bands of rows", { size: [41, 43], outChannels: 32 }],
    ["more tiles in a row than are worked on at a time", { size: [4, 402] }],
    ["many channels", { size: [8, 8], channels: 160, outChannels: 48 }],
    ["no padding to the left, much to the right", { size: [11, 12], pad: 0 }],
    ["a padding wider than the filter", { size: [12, 11], pad: 4 }],
  ])("%s", (_name, sizes) => check({ ...one, ...sizes }));

  test("30 random shapes", () => {
    const sizes = fc.record({
      batch: fc.integer({ min: 1, max: 4 }),
      size: fc.tuple(fc.integer({ min: 4, max: 15 }), fc.integer({ min: 4, max: 15 })),
      filter: fc.constantFrom(3 as const, 5 as const),
      channels: fc.constantFrom(16, 32),
      outChannels: fc.constantFrom(16, 48),
      pad: fc.integer({ min: 0, max: 3 }),
    });
    const isTaken = (each: Sizes) => forwardPath(shapeOf(each)) === "Winograd";
    fc.assert(fc.property(sizes.filter(isTaken), check), { numRuns: 30, seed: 3 });
  });

  test("an image has the same bits in every batch", () => {
    const [several, single] = [shapeOf({ ...one, batch: 3, size: [9, 10] }), shapeOf({ ...one, size: [9, 10] })];
    const [x, filter] = [randomArray(lengthsOf(several).x), randomArray(lengthsOf(single).filter)];
    const run = (shape: ConvolutionShape, image: Float32Array) =>
      runInBoth([image, filter], [new Float32Array(lengthsOf(shape).y)], ({ engine }, [a, b], [out]) =>
        conv2d(engine, { shape, x: a!, filter: b!, y: out! }),
      )[0]!;
    const length = lengthsOf(single).y;
    expect(run(single, x.slice(length, 2 * length))).toEqual(run(several, x).slice(length, 2 * length));
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    "%s reaches every window that sees it, as NaN or infinity",
    (bad) => {
      const shape = shapeOf({ ...one, size: [9, 9] });
      const x = new Float32Array(81 * 16).fill(1);
      x[(4 * 9 + 4) * 16] = bad;
      const [y] = runInBoth([x, new Float32Array(9 * 256)], [new Float32Array(81 * 16)], ({ engine }, [a, b], [out]) =>
        conv2d(engine, { shape, x: a!, filter: b!, y: out!, relu: true }),
      );
      y!.forEach((value, i) => {
        const [row, column] = [Math.floor(i / 16 / 9), Math.floor(i / 16) % 9];
        if (Math.abs(row - 4) <= 1 && Math.abs(column - 4) <= 1) expect(value).toBeNaN();
      });
    },
  );

  test("is left alone where it does not pay or does not fit", () => {
    const paths = (change: Partial<ConvolutionShape>) =>
      forwardPath({ ...shapeOf({ ...one, size: [8, 8] }), ...change });
    expect(paths({})).toBe("Winograd");
    expect(paths({ strideHeight: 2, outHeight: 4 })).toBe("direct");
    expect(paths({ dilationWidth: 2 })).toBe("direct");
    expect(paths({ channels: 8 })).toBe("direct");
    expect(paths({ outChannels: 20 })).toBe("direct");
    expect(paths({ filterWidth: 5 })).toBe("direct");
    expect(paths({ outHeight: 2, outWidth: 2 })).toBe("direct"); // a tile of 4×4 for 2×2
  });
});
