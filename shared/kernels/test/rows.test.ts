import { createRandom } from "@course/core";
import { describe, expect, test } from "vitest";
import { gather, scatterAdd, segmentSum } from "../src/gather.ts";
import { addBias, argMax, columnSum, rowSum, softmax } from "../src/rows.ts";
import { randomArray, runInBoth } from "./support.ts";

const SHAPES = [
  [1, 1],
  [1, 7],
  [3, 10],
  [17, 1],
  [5, 16],
  [64, 33],
  [300, 19],
] as const;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function places(x: Float32Array, m: number, n: number): number[] {
  const [y] = runInBoth([x], [new Float32Array(m)], ({ engine }, [xAt], [yAt]) =>
    argMax(engine, { x: xAt, y: yAt, m, n }),
  );
  return [...new Int32Array(y!.buffer, y!.byteOffset, m)];
}

describe.each(SHAPES)("rows [%i, %i]", (m, n) => {
  const random = createRandom(m * 100 + n);
  const x = randomArray(m * n, random);
  const rows = Array.from({ length: m }, (_, i) => [...x.subarray(i * n, (i + 1) * n)]);
  const columns = Array.from({ length: n }, (_, j) => rows.map((row) => row[j]));

  test("addBias, with and without ReLU", () => {
    const bias = randomArray(n, random);
    for (const relu of [false, true]) {
      const [y] = runInBoth([x, bias], [new Float32Array(m * n)], ({ engine }, [xAt, biasAt], [yAt]) =>
        addBias(engine, { x: xAt, bias: biasAt, y: yAt, m, n, relu }),
      );
      expect(y).toEqual(x.map((value, i) => Math.max(relu ? 0 : Number.NEGATIVE_INFINITY, value + bias[i % n])));
    }
  });

  test("columnSum", () => {
    const [y] = runInBoth([x], [new Float32Array(n)], ({ engine }, [xAt], [yAt]) =>
      columnSum(engine, { x: xAt, y: yAt, m, n }),
    );
    y.forEach((value, j) => {
      expect(Math.abs(value - sum(columns[j]))).toBeLessThan(1e-6 * (1 + sum(columns[j].map(Math.abs))));
    });
  });

  test("rowSum", () => {
    const [y] = runInBoth([x], [new Float32Array(m)], ({ engine }, [xAt], [yAt]) =>
      rowSum(engine, { x: xAt, y: yAt, m, n }),
    );
    y.forEach((value, i) => {
      expect(Math.abs(value - sum(rows[i]))).toBeLessThan(1e-6 * (1 + sum(rows[i].map(Math.abs))));
    });
  });

  test("softmax, unmoved by a constant of 1,000 on the logits", () => {
    for (const offset of [0, 1000, -1000]) {
      const logits = x.map((value) => 16 * Math.round(value) + offset);
      const [y] = runInBoth([logits], [new Float32Array(m * n)], ({ engine }, [xAt], [yAt]) =>
        softmax(engine, { x: xAt, y: yAt, m, n }),
      );
      rows.forEach((_, i) => {
        const row = [...logits.subarray(i * n, (i + 1) * n)];
        const powers = row.map((value) => Math.exp(value - Math.max(...row)));
        row.forEach((_, j) => {
          expect(Math.abs(y![i * n + j] - powers[j] / sum(powers))).toBeLessThan(4e-7);
        });
      });
    }
  });

  test("argMax, the first of equal numbers", () => {
    const tied = x.map((value) => Math.round(4 * value));
    const tiedRows = rows.map((_, i) => [...tied.subarray(i * n, (i + 1) * n)]);
    for (const [values, expected] of [
      [x, rows],
      [tied, tiedRows],
    ] as const)
      expect(places(values, m, n)).toEqual(expected.map((row) => row.indexOf(Math.max(...row))));
  });

  test("gather, and segmentSum as its transpose", () => {
    const count = 2 * m + 3;
    const indices = Int32Array.from({ length: count }, () => random.integer(0, m));
    const [y] = runInBoth([x, indices], [new Float32Array(count * n)], ({ engine }, [xAt, at], [yAt]) =>
      gather(engine, { x: xAt, rows: m, n, indices: at, count, y: yAt }),
    );
    expect([...y]).toEqual([...indices].flatMap((index) => rows[index]));

    const [back] = runInBoth([y, indices], [x], ({ engine }, [yAt, at], [xAt]) =>
      segmentSum(engine, { x: yAt, m: count, n, ids: at, segments: m, y: xAt }),
    );
    const expected = new Float32Array(m * n);
    indices.forEach((index) => {
      for (let j = 0; j < n; j++) expected[index * n + j] += rows[index]![j];
    });
    expect(back).toEqual(expected);

    const [added] = runInBoth([y, indices], [x], ({ engine }, [yAt, at], [xAt]) =>
      scatterAdd(engine, { x: xAt, rows: m, n, indices: at, count, y: yAt }),
    );
    const sums = x.slice();
    indices.forEach((index, i) => {
      for (let j = 0; j < n; j++) sums[index * n + j] += y![i * n + j];
    });
    expect(added).toEqual(sums);
  });
});

describe("columnSum of many rows", () => {
  test("70,000 rows are summed with a tenth of the rounding error of a plain float32 sum", () => {
    const m = 70_000;
    const x = new Float32Array(m).fill(0.1);
    const exact = m * x[0];
    const plain = x.reduce((total, value) => Math.fround(total + value), 0);
    const [y] = runInBoth([x], [new Float32Array(1)], ({ engine }, [xAt], [out]) =>
      columnSum(engine, { x: xAt, y: out, m, n: 1 }),
    );
    expect(Math.abs(y![0] - exact)).toBeLessThan(0.1 * Math.abs(plain - exact));
  });

  test("no rows sum to zero", () => {
    const [y] = runInBoth([], [new Float32Array(3).fill(9)], ({ engine }, _, [out]) =>
      columnSum(engine, { x: out, y: out, m: 0, n: 3 }),
    );
    expect([...y]).toEqual([0, 0, 0]);
  });
});

describe("bad numbers and indices", () => {
  test("a row with NaN or ∞, or of −∞ only, has no softmax; other rows keep theirs", () => {
    const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
    const x = Float32Array.of(0, nan, 0, 0, inf, 0, -inf, -inf, -inf, 0, -inf, 0);
    const [y] = runInBoth([x], [new Float32Array(12)], ({ engine }, [xAt], [yAt]) =>
      softmax(engine, { x: xAt, y: yAt, m: 4, n: 3 }),
    );
    expect([...y.subarray(0, 9)].every(Number.isNaN)).toBe(true);
    expect([...y.subarray(9)]).toEqual([0.5, 0, 0.5]);
  });

  test("NaN is greater than nothing, and nothing greater than a NaN that comes first", () => {
    const { NaN: nan, NEGATIVE_INFINITY: least } = Number;
    for (const n of [5, 21]) {
      const row = (...first: number[]) => [...first, ...Array<number>(n - first.length).fill(least)];
      const x = Float32Array.from([row(1, nan, 2), row(nan, 3), row(least, nan), row(-0, 0)].flat());
      expect(places(x, 4, n)).toEqual([2, 0, 0, 0]);
    }
  });

  test("addBias passes NaN through ReLU", () => {
    const [y] = runInBoth(
      [new Float32Array(9).fill(Number.NaN), new Float32Array(9)],
      [new Float32Array(9)],
      ({ engine }, [x, b], [out]) => addBias(engine, { x: x, bias: b, y: out, m: 1, n: 9, relu: true }),
    );
    expect(y.every(Number.isNaN)).toBe(true);
  });

  test("gather names an index that is no row, and writes nothing", () => {
    for (const [index, position] of [
      [5, 1],
      [-1, 1],
    ] as const)
      runInBoth([new Float32Array(10), Int32Array.of(4, index)], [new Float32Array(4)], ({ engine }, [x, at], [y]) => {
        expect(() => gather(engine, { x: x, rows: 5, n: 2, indices: at, count: 2, y: y })).toThrow(
          `gather: expected indices in [0, 5), received ${index} at position ${position}`,
        );
      });
  });

  test("segmentSum drops ids that are no segment", () => {
    for (const n of [1, 65]) {
      const x = new Float32Array(3 * n).fill(1);
      const [y] = runInBoth([x, Int32Array.of(-1, 1, 2)], [new Float32Array(2 * n)], ({ engine }, [xAt, ids], [out]) =>
        segmentSum(engine, { x: xAt, m: 3, n, ids: ids, segments: 2, y: out }),
      );
      expect([...y]).toEqual([...Array(n).fill(0), ...Array(n).fill(1)]);
    }
  });
});
