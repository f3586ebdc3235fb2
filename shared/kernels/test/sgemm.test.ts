import { createRandom } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gemmBatch, type Kernels, type Sgemm } from "../src/index.ts";
import { builds, expectSameBits, guarded, randomArray, runInBoth } from "./support.ts";

type Case = Omit<Sgemm, "a" | "b" | "c">;

/** A product and, for each element, the sum of its terms' sizes, which bounds the rounding error. */
function reference({ m, n, k, a, b, c, transposeA, transposeB, accumulate }: Sgemm) {
  const values = new Float64Array(m * n);
  const sizes = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      const start = accumulate ? c[i * n + j] : 0;
      let sum = start;
      let size = Math.abs(start);
      for (let p = 0; p < k; p++) {
        const term = a[transposeA ? p * m + i : i * k + p] * b[transposeB ? j * k + p : p * n + j];
        sum += term;
        size += Math.abs(term);
      }
      values[i * n + j] = sum;
      sizes[i * n + j] = size;
    }
  return { values, sizes };
}

/** Runs a product in a build's memory and checks it, its operands and what lies around them. */
function checkedProduct(kernels: Kernels, shape: Case, operands: readonly [Float32Array, Float32Array, Float32Array]) {
  const [a, b, c] = operands.map((values) => guarded(kernels, values)) as [
    ReturnType<typeof guarded>,
    ReturnType<typeof guarded>,
    ReturnType<typeof guarded>,
  ];
  const { values, sizes } = reference({ ...shape, a: a.array, b: b.array, c: c.array });
  kernels.sgemm({ ...shape, a: a.array, b: b.array, c: c.array });
  expectSameBits(a.array, operands[0]);
  expectSameBits(b.array, operands[1]);
  const bound = (shape.k + 4) * 2 ** -24; // one rounding per term, one per block, one for c
  c.array.forEach((value, i) => {
    const error = Math.abs(value - values[i]);
    if (!(error <= bound * sizes[i])) expect.fail(`element ${i}: expected ${values[i]}, received ${value}`);
  });
  const result = c.array.slice();
  for (const each of [a, b, c]) each.check();
  return result;
}

function checkBoth(shape: Case): void {
  const { m, n, k } = shape;
  const random = createRandom(m * 1e6 + n * 1e3 + k);
  const operands = [m * k, k * n, m * n].map((length) => randomArray(length, random)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const [narrow, wide] = builds.map((kernels) => checkedProduct(kernels, shape, operands));
  expectSameBits(wide, narrow);
}

describe("sgemm", () => {
  test("hand-worked product", () => {
    // [1 2 3]   [1 4]   [1·1+2·2+3·3  1·4+2·5+3·6]   [14 32]
    // [4 5 6] · [2 5] = [4·1+5·2+6·3  4·4+5·5+6·6] = [32 77]
    //           [3 6]
    for (const { sgemm } of builds) {
      const c = new Float32Array(4);
      sgemm({ m: 2, n: 2, k: 3, a: Float32Array.of(1, 2, 3, 4, 5, 6), b: Float32Array.of(1, 4, 2, 5, 3, 6), c });
      expect([...c]).toEqual([14, 32, 32, 77]);
    }
  });

  const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 5, 6, 8, 15, 16, 17, 48));
  test("any shape, transposed or not, added or not, within the bound of its rounding, in both builds alike", () => {
    const shape = fc.record({
      m: size,
      n: size,
      k: size,
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
      accumulate: fc.boolean(),
    });
    fc.assert(fc.property(shape, checkBoth), { numRuns: 300, seed: 1 });
  });

  test.each([
    [1, 1, 1],
    [1, 300, 700],
    [300, 1, 257],
    [201, 33, 256],
    [97, 17, 513],
    [7, 2060, 9],
    [13, 1030, 300],
  ])("more than one block: m %i, n %i, k %i", (m, n, k) => {
    for (const transposeA of [false, true])
      for (const transposeB of [false, true])
        for (const accumulate of [false, true]) checkBoth({ m, n, k, transposeA, transposeB, accumulate });
  });

  test("a product over nothing is zero, or leaves c as it was", () => {
    for (const { sgemm } of builds) {
      const c = Float32Array.of(1, 2, 3, 4);
      const empty = new Float32Array(0);
      sgemm({ m: 2, n: 2, k: 0, a: empty, b: empty, c, accumulate: true });
      expect([...c]).toEqual([1, 2, 3, 4]);
      sgemm({ m: 2, n: 2, k: 0, a: empty, b: empty, c });
      expect([...c]).toEqual([0, 0, 0, 0]);
      expect(() => sgemm({ m: 0, n: 2, k: 1, a: empty, b: new Float32Array(2), c: empty })).not.toThrow();
    }
  });

  test("NaN and infinity reach every element that they are a term of, and no other", () => {
    for (const { sgemm } of builds)
      for (const [m, n, k] of [
        [13, 21, 7],
        [64, 256, 300],
        [1, 1, 1],
      ] as const) {
        const a = new Float32Array(m * k).fill(0);
        const b = new Float32Array(k * n).fill(1);
        const c = new Float32Array(m * n);
        a[(m - 1) * k + (k - 1)] = Number.NaN;
        sgemm({ m, n, k, a, b, c });
        expect(c.every((value, i) => Number.isNaN(value) === i >= (m - 1) * n)).toBe(true);
        a.fill(0);
        b[k * n - 1] = Number.POSITIVE_INFINITY; // 0·∞ is NaN
        sgemm({ m, n, k, a, b, c });
        expect(c.every((value, i) => Number.isNaN(value) === (i % n === n - 1))).toBe(true);
      }
  });

  test("operands outside the kernels' memory give the same bits, and are not changed", () => {
    const [m, n, k] = [33, 47, 65];
    for (const kernels of builds) {
      const inside = { a: kernels.allocate(m * k), b: kernels.allocate(k * n), c: kernels.allocate(m * n) };
      const outside = { a: randomArray(m * k), b: randomArray(k * n), c: randomArray(m * n) };
      const before = outside.a.slice();
      inside.a.set(outside.a);
      inside.b.set(outside.b);
      inside.c.set(outside.c);
      kernels.sgemm({ m, n, k, ...inside, accumulate: true });
      kernels.sgemm({ m, n, k, ...outside, accumulate: true });
      expectSameBits(outside.c, inside.c);
      expectSameBits(outside.a, before);
      const mixed = new Float32Array(m * n);
      kernels.sgemm({ m, n, k, a: inside.a, b: outside.b, c: mixed });
      kernels.sgemm({ m, n, k, a: outside.a, b: inside.b, c: inside.c });
      expectSameBits(inside.c, mixed);
    }
  });

  test("says what does not fit", () => {
    const [{ sgemm }] = builds as [Kernels];
    const six = new Float32Array(6);
    expect(() => sgemm({ m: 2, n: 2, k: 3, a: new Float32Array(5), b: six, c: new Float32Array(4) })).toThrow(
      "sgemm a: expected [m·k=6], received [5]",
    );
    expect(() => sgemm({ m: 2, n: 2, k: 3, a: six, b: six, c: six })).toThrow(
      "sgemm c: expected [m·n=4], received [6]",
    );
    expect(() => sgemm({ m: 2, n: 1.5, k: 3, a: six, b: six, c: six })).toThrow(
      "sgemm n: expected a whole number ≥ 0, received 1.5",
    );
    const both = new Float32Array(10);
    expect(() => sgemm({ m: 2, n: 2, k: 3, a: six, b: both.subarray(0, 6), c: both.subarray(5, 9) })).toThrow(
      "sgemm: c overlaps b: give the result an array of its own",
    );
  });
});

describe("gemmBatch", () => {
  test.each([1, 2, 9])("%i products equal as many single ones", (batch) => {
    const [m, n, k] = [7, 18, 11];
    const [a, b] = [randomArray(batch * m * k), randomArray(batch * k * n)];
    const strides = { aRow: k, aColumn: 1, bRow: n, bColumn: 1, cRow: n };
    const expected = new Float32Array(batch * m * n);
    for (let i = 0; i < batch; i++) {
      const part = (array: Float32Array, length: number) => array.subarray(i * length, (i + 1) * length);
      builds[0].sgemm({ m, n, k, a: part(a, m * k), b: part(b, k * n), c: part(expected, m * n) });
    }
    const [c] = runInBoth([a, b], [new Float32Array(batch * m * n)], ({ engine }, [aAt, bAt], [cAt]) =>
      gemmBatch(engine, {
        ...{ batch, m, n, k, a: aAt, b: bAt, c: cAt, ...strides },
        ...{ aBatch: m * k, bBatch: k * n, cBatch: m * n },
      }),
    );
    expectSameBits(c, expected);
  });
});

describe("matmul", () => {
  test("each transposition of [2, 3]·[3, 2]", () => {
    const a = { shape: [2, 3] as const, data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    const aTransposed = { shape: [3, 2] as const, data: Float32Array.of(1, 4, 2, 5, 3, 6) };
    for (const { matmul } of builds) {
      const expected = { shape: [2, 2], data: Float32Array.of(14, 32, 32, 77) };
      expect(matmul(a, aTransposed)).toEqual(expected);
      expect(matmul(a, a, { transposeB: true })).toEqual(expected);
      expect(matmul(aTransposed, aTransposed, { transposeA: true })).toEqual(expected);
      expect(matmul(aTransposed, a, { transposeA: true, transposeB: true })).toEqual(expected);
    }
  });
  test("says which axis is wrong", () => {
    const a = { shape: [2, 3] as const, data: new Float32Array(6) };
    expect(() => builds[0].matmul(a, a)).toThrow("matmul b: expected [k=3, n], received [2, 3]");
  });
});
