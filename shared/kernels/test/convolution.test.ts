import { createRandom } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conv2d, conv2dInputGradient } from "../src/convolution.ts";
import { conv2dFilterGradient } from "../src/convolution-filter.ts";
import type { ConvolutionShape } from "../src/convolution-shape.ts";
import { anyShape, lengthsOf, visitTaps } from "./convolution-reference.ts";
import { Sums } from "./sums.ts";
import { randomArray, runInBoth } from "./support.ts";

function expected(shape: ConvolutionShape, [x, filter, dy, bias]: readonly Float32Array[]) {
  const { channels, outChannels } = shape;
  const [y, dx, dFilter] = [dy.length, x.length, filter.length].map((length) => new Sums(length)) as [Sums, Sums, Sums];
  for (let i = 0; bias && i < dy.length; i++) y.add(i, bias[i % outChannels]);
  visitTaps(shape, (pixel, tap, place) => {
    for (let c = 0; c < channels; c++)
      for (let o = 0; o < outChannels; o++) {
        const [xAt, filterAt, yAt] = [
          pixel * channels + c,
          (tap * channels + c) * outChannels + o,
          place * outChannels + o,
        ];
        y.add(yAt, x![xAt] * filter![filterAt]);
        dx.add(xAt, dy![yAt] * filter![filterAt]);
        dFilter.add(filterAt, x![xAt] * dy![yAt]);
      }
  });
  return { y, dx, dFilter };
}

/** All three passes of one shape, in both builds, against plain loops. */
function check(shape: ConvolutionShape): void {
  const lengths = lengthsOf(shape);
  const random = createRandom(lengths.x * 31 + lengths.y);
  const [x, filter, dy, bias] = [lengths.x, lengths.filter, lengths.y, shape.outChannels].map((n) =>
    randomArray(n, random),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const sums = expected(shape, [x, filter, dy, bias]);
  const terms = shape.filterHeight * shape.filterWidth;

  const run = {
    y: new Float32Array(lengths.y).fill(7),
    dx: new Float32Array(lengths.x).fill(7),
    dFilter: new Float32Array(lengths.filter).fill(7),
  };
  const [y] = runInBoth([x, filter, bias], [run.y], ({ engine }, [xAt, filterAt, biasAt], [yAt]) =>
    conv2d(engine, { shape, x: xAt, filter: filterAt, bias: biasAt, y: yAt }),
  );
  sums.y.expectNear("y", y, terms * shape.channels + 3);
  const [rectified] = runInBoth([x, filter, bias], [run.y], ({ engine }, [xAt, filterAt, biasAt], [yAt]) =>
    conv2d(engine, { shape, x: xAt, filter: filterAt, bias: biasAt, y: yAt, relu: true }),
  );
  expect(rectified).toEqual(y.map((value) => Math.max(value, 0)));
  const [dx] = runInBoth([dy, filter], [run.dx], ({ engine }, [dyAt, filterAt], [dxAt]) =>
    conv2dInputGradient(engine, { shape, dy: dyAt, filter: filterAt, dx: dxAt }),
  );
  sums.dx.expectNear("dx", dx, terms * (shape.outChannels + 2));
  const [dFilter] = runInBoth([x, dy], [run.dFilter], ({ engine }, [xAt, dyAt], [at]) =>
    conv2dFilterGradient(engine, { shape, x: xAt, dy: dyAt, dFilter: at }),
  );
  sums.dFilter.expectNear("dFilter", dFilter, shape.batch * shape.outHeight * shape.outWidth + 3);
}

const square = {
  batch: 1,
  strideHeight: 1,
  strideWidth: 1,
  dilationHeight: 1,
  dilationWidth: 1,
  padTop: 0,
  padLeft: 0,
};

describe("conv2d and its gradients", () => {
  test("hand-worked: 2×2 filter on a 2×3 image", () => {
    // x = [1 2 3]  filter = [1 10]    y = [1·1+2·10+4·100+5·1000, 2·1+3·10+5·100+6·1000]
    //     [4 5 6]           [100 1000]
    const shape = {
      ...square,
      height: 2,
      width: 3,
      channels: 1,
      filterHeight: 2,
      filterWidth: 2,
      outHeight: 1,
      outWidth: 2,
      outChannels: 1,
    };
    const [x, filter] = [Float32Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(1, 10, 100, 1000)];
    const [y] = runInBoth([x, filter], [new Float32Array(2)], ({ engine }, [xAt, filterAt], [yAt]) =>
      conv2d(engine, { shape, x: xAt, filter: filterAt, y: yAt }),
    );
    expect([...y]).toEqual([5421, 6532]);
    // dy = [1 2]: dx adds the filter at place 0 and twice at place 1; dFilter is x's window at 0 plus twice that at 1
    const dy = Float32Array.of(1, 2);
    const [dx] = runInBoth([dy, filter], [new Float32Array(6)], ({ engine }, [dyAt, filterAt], [dxAt]) =>
      conv2dInputGradient(engine, { shape, dy: dyAt, filter: filterAt, dx: dxAt }),
    );
    expect([...dx]).toEqual([1, 12, 20, 100, 1200, 2000]);
    const [dFilter] = runInBoth([x, dy], [new Float32Array(4)], ({ engine }, [xAt, dyAt], [at]) =>
      conv2dFilterGradient(engine, { shape, x: xAt, dy: dyAt, dFilter: at }),
    );
    expect([...dFilter]).toEqual([5, 8, 14, 17]);
  });

  test("350 random shapes: every size, stride, dilation and padding", () => {
    fc.assert(fc.property(anyShape, check), { numRuns: 350, seed: 2 });
  });

  test.each([
    [
      "several bands of rows",
      {
        batch: 2,
        height: 70,
        width: 66,
        channels: 20,
        outHeight: 70,
        outWidth: 66,
        outChannels: 3,
        filterHeight: 3,
        filterWidth: 3,
        padTop: 1,
        padLeft: 1,
      },
    ],
    [
      "a last band that is shorter, stride 2",
      {
        batch: 3,
        height: 67,
        width: 31,
        channels: 33,
        outHeight: 34,
        outWidth: 16,
        outChannels: 5,
        filterHeight: 3,
        filterWidth: 3,
        padTop: 1,
        padLeft: 1,
        strideHeight: 2,
        strideWidth: 2,
      },
    ],
    [
      "several blocks of terms",
      {
        height: 6,
        width: 7,
        channels: 300,
        outHeight: 4,
        outWidth: 5,
        outChannels: 17,
        filterHeight: 3,
        filterWidth: 3,
      },
    ],
    [
      "many small images",
      {
        batch: 70,
        height: 4,
        width: 4,
        channels: 3,
        outHeight: 4,
        outWidth: 4,
        outChannels: 6,
        filterHeight: 3,
        filterWidth: 3,
        padTop: 1,
        padLeft: 1,
      },
    ],
    [
      "images in several chunks",
      {
        batch: 5,
        height: 40,
        width: 40,
        channels: 64,
        outHeight: 40,
        outWidth: 40,
        outChannels: 2,
        filterHeight: 1,
        filterWidth: 3,
        padLeft: 1,
      },
    ],
    [
      "1×1, every pixel",
      {
        batch: 2,
        height: 9,
        width: 7,
        channels: 37,
        outHeight: 9,
        outWidth: 7,
        outChannels: 21,
        filterHeight: 1,
        filterWidth: 1,
      },
    ],
    [
      "wide output",
      {
        height: 1,
        width: 700,
        channels: 1,
        outHeight: 1,
        outWidth: 696,
        outChannels: 16,
        filterHeight: 1,
        filterWidth: 5,
      },
    ],
  ])("%s", (_name, sizes) => {
    check({ ...square, ...sizes });
  });

  test("NaN in the image reaches the windows that see it, and infinity does not become a number", () => {
    const shape = {
      ...square,
      height: 5,
      width: 5,
      channels: 2,
      filterHeight: 3,
      filterWidth: 3,
      outHeight: 5,
      outWidth: 5,
      outChannels: 3,
      padTop: 1,
      padLeft: 1,
    };
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const x = new Float32Array(50).fill(1);
      x[0] = bad;
      const filter = new Float32Array(54).fill(Number.isNaN(bad) ? 0 : -1);
      const [y] = runInBoth([x, filter], [new Float32Array(75)], ({ engine }, [xAt, filterAt], [yAt]) =>
        conv2d(engine, { shape, x: xAt, filter: filterAt, y: yAt }),
      );
      y.forEach((value, i) => {
        const place = Math.floor(i / 3);
        const sees = place % 5 < 2 && place < 10;
        expect(Number.isFinite(value)).toBe(!sees);
      });
    }
  });

  test("empty sizes: no image writes nothing, no channel is a sum over nothing", () => {
    const shape = {
      ...square,
      height: 2,
      width: 2,
      channels: 0,
      filterHeight: 2,
      filterWidth: 2,
      outHeight: 1,
      outWidth: 1,
      outChannels: 3,
    };
    const [y] = runInBoth([Float32Array.of(1, -2, 3)], [new Float32Array(3).fill(9)], ({ engine }, [bias], [yAt]) =>
      conv2d(engine, { shape, x: 0, filter: 0, bias, y: yAt, relu: true }),
    );
    expect([...y]).toEqual([1, 0, 3]);
    const none = { ...shape, channels: 2, outChannels: 0 };
    const [dx] = runInBoth([], [new Float32Array(8).fill(9)], ({ engine }, _, [at]) =>
      conv2dInputGradient(engine, { shape: none, dy: 0, filter: 0, dx: at }),
    );
    expect([...dx]).toEqual(Array(8).fill(0));
    const noImages = { ...shape, batch: 0, channels: 1 };
    const [dFilter] = runInBoth([], [new Float32Array(12).fill(9)], ({ engine }, _, [at]) =>
      conv2dFilterGradient(engine, { shape: noImages, x: 0, dy: 0, dFilter: at }),
    );
    expect([...dFilter]).toEqual(Array(12).fill(0));
  });
});
