import { ShapeError } from "@course/core";
import { assertClose } from "@course/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cosineMatrix, cosineSimilarity, nearestNeighbours } from "../src/index.ts";
import { readGolden } from "./golden.ts";

interface Golden {
  dimension: number;
  a: number[];
  b: number[];
  matrix: number[];
  neighbours: number[][];
  similarities: number[][];
}
const golden = readGolden<Golden>("vectors");
const vector = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });

describe("cosineSimilarity", () => {
  test("hand-worked: (3, 4)·(4, 3) = 24 over 5·5", () =>
    expect(cosineSimilarity([3, 4], [4, 3])).toBeCloseTo(24 / 25, 14));
  test("a zero vector is similar to nothing: 0, not NaN", () => expect(cosineSimilarity([0, 0], [1, 2])).toBe(0));
  test("lengths whose squares over- or underflow do no harm", () => {
    expect(cosineSimilarity([3e200, 4e200], [4e-200, 3e-200])).toBeCloseTo(24 / 25, 14);
  });
  test("is symmetric, in [−1, 1], 1 with itself, −1 with its opposite, blind to length", () =>
    fc.assert(
      fc.property(vector, vector, fc.integer({ min: 1, max: 1000 }), (a, b, factor) => {
        const value = cosineSimilarity(a, b);
        expect(cosineSimilarity(b, a)).toBe(value);
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
        const scaled = a.map((x) => x * factor);
        expect(cosineSimilarity(scaled, b)).toBeCloseTo(value, 12);
        const own = a.every((x) => x === 0) ? 0 : 1;
        expect(cosineSimilarity(a, scaled)).toBeCloseTo(own, 12);
        const opposite = a.map((x) => -x);
        expect(cosineSimilarity(a, opposite)).toBeCloseTo(-own, 12);
      }),
    ));
  test("agrees with scikit-learn, a zero row included", () =>
    assertClose("matrix", cosineMatrix(golden.a, golden.b, golden), golden.matrix, { absolute: 1e-14, relative: 0 }));
  test("no rows give no similarities", () => expect(cosineMatrix([], [1, 2], { dimension: 2 })).toHaveLength(0));
  test("says what does not fit", () => {
    expect(() => cosineSimilarity([1, 2], [1])).toThrow(ShapeError);
    expect(() => cosineSimilarity([1, 2], [1])).toThrow("cosineSimilarity b: expected [dimension=2], received [1]");
    expect(() => cosineSimilarity([], [])).toThrow("dimension: expected a positive integer, received 0");
    expect(() => cosineMatrix([1, 2], [1, 2, 3], { dimension: 2 })).toThrow(
      "cosineMatrix b: expected [rows, dimension=2] flattened, received 3 values (embeddings of another dimension?)",
    );
    expect(() => cosineMatrix([1, Number.NaN], [1, 2], { dimension: 2 })).toThrow(
      "cosineMatrix a[1]: expected a finite",
    );
  });
});

describe("nearestNeighbours", () => {
  const vectors = Float32Array.of(1, 0, /* */ 0, 2, /* */ 3, 3, /* */ -1, 0);
  test("hand-worked: from (5, 0) the directions 0°, 45°, 90° and 180°", () => {
    const { indices, similarities } = nearestNeighbours([5, 0], vectors, { k: 4 });
    expect([...indices]).toEqual([0, 2, 1, 3]);
    assertClose("similarities", similarities, [1, Math.SQRT1_2, 0, -1], { absolute: 1e-14, relative: 0 });
  });
  test("leaves out what it is told to, and gives fewer where there are fewer", () => {
    expect([...nearestNeighbours([5, 0], vectors, { k: 9, exclude: [0, 3] }).indices]).toEqual([2, 1]);
    expect([...nearestNeighbours([5, 0], [], { k: 2 }).indices]).toEqual([]);
  });
  test("of equally similar rows the lower first", () =>
    expect([...nearestNeighbours([1, 1], [0, 1, 1, 0, 0, 7], { k: 3 }).indices]).toEqual([0, 1, 2]));
  test("no row left out is more similar than one given", () =>
    fc.assert(
      fc.property(vector, fc.array(vector, { minLength: 1 }), fc.integer({ min: 1, max: 5 }), (query, rows, k) => {
        const { indices, similarities } = nearestNeighbours(query, rows.flat(), { k });
        expect(indices).toHaveLength(Math.min(k, rows.length));
        rows.forEach((row, i) => {
          if (!indices.includes(i)) expect(cosineSimilarity(query, row)).toBeLessThanOrEqual(similarities.at(-1)!);
        });
        expect([...similarities]).toEqual([...similarities].sort((a, b) => b - a));
      }),
    ));
  test("agrees with scikit-learn", () => {
    const { a, b, dimension, neighbours, similarities } = golden;
    neighbours.forEach((expected, row) => {
      const query = a.slice(row * dimension, (row + 1) * dimension);
      const found = nearestNeighbours(query, b, { k: expected.length });
      expect([...found.indices]).toEqual(expected);
      assertClose("similarities", found.similarities, similarities[row], { absolute: 1e-14, relative: 0 });
    });
  });
  test("says what does not fit", () => {
    expect(() => nearestNeighbours([1, 0, 0], vectors, { k: 1 })).toThrow(ShapeError);
    expect(() => nearestNeighbours([1, 0], vectors, { k: 0 })).toThrow("nearestNeighbours k: expected a positive");
  });
});
