import { createRandom } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DepthwiseShape, depthwise, depthwiseFilterGradient, depthwiseInputGradient } from "../src/depthwise.ts";
import { anyShape, lengthsOf, visitTaps } from "./convolution-reference.ts";
import { Sums } from "./sums.ts";
import { randomArray, runInBoth } from "./support.ts";

/** All three passes of one shape, in both builds, against plain loops. */
function check(shape: DepthwiseShape): void {
  const { channels, multiplier, filterHeight, filterWidth } = shape;
  const outChannels = channels * multiplier;
  const taps = filterHeight * filterWidth;
  const { x: xLength, y: yLength } = lengthsOf({ ...shape, outChannels });
  const random = createRandom(xLength * 31 + yLength);
  const [x, filter, dy] = [xLength, taps * outChannels, yLength].map((n) => randomArray(n, random)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const [ySums, dxSums, dFilterSums] = [dy, x, filter].map(({ length }) => new Sums(length)) as [Sums, Sums, Sums];
  visitTaps(shape, (pixel, tap, place) => {
    for (let o = 0; o < outChannels; o++) {
      const [xAt, filterAt, yAt] = [
        pixel * channels + Math.floor(o / multiplier),
        tap * outChannels + o,
        place * outChannels + o,
      ];
      ySums.add(yAt, x[xAt] * filter[filterAt]);
      dxSums.add(xAt, dy[yAt] * filter[filterAt]);
      dFilterSums.add(filterAt, x[xAt] * dy[yAt]);
    }
  });
  const before = (values: Float32Array) => [new Float32Array(values.length).fill(7)];
  const [y] = runInBoth([x, filter], before(dy), ({ engine }, [xAt, filterAt], [yAt]) =>
    depthwise(engine, { shape, x: xAt, filter: filterAt, y: yAt }),
  );
  ySums.expectNear("y", y, taps + 2);
  const [dx] = runInBoth([dy, filter], before(x), ({ engine }, [dyAt, filterAt], [dxAt]) =>
    depthwiseInputGradient(engine, { shape, dy: dyAt, filter: filterAt, dx: dxAt }),
  );
  dxSums.expectNear("dx", dx, taps * multiplier + 2);
  const [dFilter] = runInBoth([x, dy], before(filter), ({ engine }, [xAt, dyAt], [at]) =>
    depthwiseFilterGradient(engine, { shape, x: xAt, dy: dyAt, dFilter: at }),
  );
  dFilterSums.expectNear("dFilter", dFilter, shape.batch * shape.outHeight * shape.outWidth + 2);
}

describe("depthwise convolution and its gradients", () => {
  test("hand-worked: two channels, two filters each, 1×2 windows", () => {
    // x = [(1, 2) (3, 4)], filter = [[(1, 10), (100, 1000)], [(2, 20), (200, 2000)]]:
    // channel 0: 1·1 + 3·2 = 7, 1·10 + 3·20 = 70; channel 1: 2·100 + 4·200 = 1000, 2·1000 + 4·2000 = 10000
    const shape: DepthwiseShape = {
      ...{
        batch: 1,
        height: 1,
        width: 2,
        channels: 2,
        multiplier: 2,
        filterHeight: 1,
        filterWidth: 2,
        outHeight: 1,
        outWidth: 1,
      },
      ...{ strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1, padTop: 0, padLeft: 0 },
    };
    const filter = Float32Array.of(1, 10, 100, 1000, 2, 20, 200, 2000);
    const [y] = runInBoth(
      [Float32Array.of(1, 2, 3, 4), filter],
      [new Float32Array(4)],
      ({ engine }, [x, filterAt], [yAt]) => depthwise(engine, { shape, x: x, filter: filterAt, y: yAt }),
    );
    expect([...y]).toEqual([7, 70, 1000, 10000]);
  });

  test("250 random shapes: every size, multiplier, stride, dilation and padding", () => {
    const shape = fc
      .tuple(anyShape, fc.integer({ min: 1, max: 3 }))
      .map(([each, multiplier]) => ({ ...each, multiplier }));
    fc.assert(fc.property(shape, check), { numRuns: 250, seed: 3 });
  });

  test("no images: the filter's gradient is zero", () => {
    const shape: DepthwiseShape = {
      ...{
        batch: 0,
        height: 3,
        width: 3,
        channels: 3,
        multiplier: 1,
        filterHeight: 2,
        filterWidth: 2,
        outHeight: 2,
        outWidth: 2,
      },
      ...{ strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1, padTop: 0, padLeft: 0 },
    };
    const [dFilter] = runInBoth([], [new Float32Array(12).fill(9)], ({ engine }, _, [at]) =>
      depthwiseFilterGradient(engine, { shape, x: 0, dy: 0, dFilter: at }),
    );
    expect([...dFilter]).toEqual(Array(12).fill(0));
  });
});
