import { createRandom } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WindowShape } from "../src/convolution-shape.ts";
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from "../src/pooling.ts";
import { anyShape, lengthsOf, visitTaps } from "./convolution-reference.ts";
import { expectSameBits, randomArray, runInBoth } from "./support.ts";

interface Reference {
  readonly max: Float32Array;
  readonly average: Float64Array;
  readonly maxGradient: Float64Array;
  readonly averageGradient: Float64Array;
}

function reference(shape: WindowShape, x: Float32Array, dy: Float32Array): Reference {
  const { channels } = shape;
  const windows = Array.from(dy, (): number[] => []); // for each output, the offsets in x that it sees, in order
  visitTaps(shape, (pixel, _tap, place) => {
    for (let c = 0; c < channels; c++) windows[place * channels + c].push(pixel * channels + c);
  });
  const maxGradient = new Float64Array(x.length);
  const averageGradient = new Float64Array(x.length);
  windows.forEach((window, i) => {
    const top = Math.max(...window.map((at) => x[at]));
    const winner = window.find((at) => x[at] === top);
    if (winner !== undefined) maxGradient[winner] += dy[i];
    for (const at of window) averageGradient[at] += dy[i] / window.length;
  });
  return {
    max: Float32Array.from(windows, (window) => Math.max(...window.map((at) => x[at]))),
    average: Float64Array.from(windows, (window) => window.reduce((sum, at) => sum + x[at], 0) / window.length),
    maxGradient,
    averageGradient,
  };
}

function expectNear(received: Float32Array, expected: Float64Array): void {
  const at = received.findIndex((value, i) => !(Math.abs(value - expected[i]) < 3e-6));
  if (at >= 0) expect.fail(`element ${at}: expected ${expected[at]}, received ${received[at]}`);
}

function check(shape: WindowShape, x: Float32Array, dy: Float32Array): void {
  const expected = reference(shape, x, dy);
  const before = ({ length }: Float32Array) => [new Float32Array(length).fill(7)];
  const [max] = runInBoth([x], before(dy), ({ engine }, [xAt], [yAt]) => maxPool(engine, { shape, x: xAt, y: yAt }));
  expectSameBits(max, expected.max);
  const [maxGradient] = runInBoth([dy, x, max], before(x), ({ engine }, [dyAt, xAt, yAt], [dxAt]) =>
    maxPoolGradient(engine, { shape, dy: dyAt, x: xAt, y: yAt, dx: dxAt }),
  );
  expectNear(maxGradient, expected.maxGradient);
  const [average] = runInBoth([x], before(dy), ({ engine }, [xAt], [yAt]) =>
    averagePool(engine, { shape, x: xAt, y: yAt }),
  );
  expectNear(average, expected.average);
  const [averageGradient] = runInBoth([dy], before(x), ({ engine }, [dyAt], [dxAt]) =>
    averagePoolGradient(engine, { shape, dy: dyAt, dx: dxAt }),
  );
  expectNear(averageGradient, expected.averageGradient);
}

const window2 = {
  filterHeight: 2,
  filterWidth: 2,
  strideHeight: 2,
  strideWidth: 2,
  dilationHeight: 1,
  dilationWidth: 1,
  padTop: 0,
  padLeft: 0,
};

describe("pooling and its gradients", () => {
  test("hand-worked 2×2 windows", () => {
    // [1 5 | 2 2]   max 5 at the first row's second place, 2 at the first of three equal ones
    // [3 4 | 2 0]   mean 13/4 and 6/4
    const shape = { ...window2, batch: 1, height: 2, width: 4, channels: 1, outHeight: 1, outWidth: 2 };
    const [x, dy] = [Float32Array.of(1, 5, 2, 2, 3, 4, 2, 0), Float32Array.of(4, 8)];
    const [y] = runInBoth([x], [new Float32Array(2)], ({ engine }, [xAt], [yAt]) =>
      maxPool(engine, { shape, x: xAt, y: yAt }),
    );
    expect([...y]).toEqual([5, 2]);
    const [dx] = runInBoth([dy, x, y], [new Float32Array(8)], ({ engine }, [dyAt, xAt, yAt], [dxAt]) =>
      maxPoolGradient(engine, { shape, dy: dyAt, x: xAt, y: yAt, dx: dxAt }),
    );
    expect([...dx]).toEqual([0, 4, 8, 0, 0, 0, 0, 0]);
    const [mean] = runInBoth([x], [new Float32Array(2)], ({ engine }, [xAt], [yAt]) =>
      averagePool(engine, { shape, x: xAt, y: yAt }),
    );
    expect([...mean]).toEqual([3.25, 1.5]);
    const [spread] = runInBoth([dy], [new Float32Array(8)], ({ engine }, [dyAt], [dxAt]) =>
      averagePoolGradient(engine, { shape, dy: dyAt, dx: dxAt }),
    );
    expect([...spread]).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
  });

  test("250 random shapes with many equal values: every window, stride, dilation and padding", () => {
    const shape = anyShape.filter(
      ({
        filterHeight,
        filterWidth,
        padTop,
        padLeft,
        height,
        width,
        dilationHeight,
        dilationWidth,
        outHeight,
        outWidth,
        strideHeight,
        strideWidth,
      }) => {
        const seesImage = (first: number, count: number, dilation: number, size: number) =>
          Array.from({ length: count }, (_, i) => first + i * dilation).some((at) => at >= 0 && at < size);
        const rows = Array.from({ length: outHeight }, (_, r) =>
          seesImage(r * strideHeight - padTop, filterHeight, dilationHeight, height),
        );
        const columns = Array.from({ length: outWidth }, (_, q) =>
          seesImage(q * strideWidth - padLeft, filterWidth, dilationWidth, width),
        );
        return rows.every(Boolean) && columns.every(Boolean); // a window outside the image has no mean
      },
    );
    fc.assert(
      fc.property(shape, (each) => {
        const lengths = lengthsOf({ ...each, outChannels: each.channels });
        const random = createRandom(lengths.x * 31 + lengths.y);
        check(
          each,
          randomArray(lengths.x, random).map((value) => Math.round(3 * value)),
          randomArray(lengths.y, random),
        );
      }),
      { numRuns: 250, seed: 4 },
    );
  });

  test("NaN in a window is its maximum, takes its gradient, and is its mean", () => {
    for (const channels of [1, 4, 9]) {
      const shape = { ...window2, batch: 1, height: 2, width: 4, channels, outHeight: 1, outWidth: 2 };
      const x = new Float32Array(8 * channels).fill(1);
      x[0] = Number.NaN; // only in the first window's first channel
      const isBad = (value: number, i: number) => Number.isNaN(value) === (i === 0);
      for (const pool of [maxPool, averagePool]) {
        const [y] = runInBoth([x], [new Float32Array(2 * channels)], ({ engine }, [xAt], [yAt]) =>
          pool(engine, { shape, x: xAt, y: yAt }),
        );
        expect(y.every(isBad)).toBe(true);
      }
      const y = new Float32Array(2 * channels).fill(1);
      y[0] = Number.NaN;
      const dy = y.slice();
      const [dx] = runInBoth([dy, x, y], [new Float32Array(x.length)], ({ engine }, [dyAt, xAt, yAt], [dxAt]) =>
        maxPoolGradient(engine, { shape, dy: dyAt, x: xAt, y: yAt, dx: dxAt }),
      );
      expect(dx.every(isBad)).toBe(true);
    }
  });
});
