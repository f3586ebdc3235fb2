import { readFileSync } from "node:fs";
import { createRandom, ShapeError, UserError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { multiply, transpose } from "../src/text/counts/sparse-matrix.ts";
import {
  contextWindows,
  countedVectors,
  countNGrams,
  fitBackoffTable,
  fitKneserNey,
  ppmi,
  rightTokens,
  tokenAccuracy,
  truncatedSvd,
} from "../src/text/index.ts";

interface Golden {
  readonly vocabularySize: number;
  readonly train: number[];
  readonly test: number[];
  readonly nltk: { readonly discount: number; readonly probabilities: number[] };
  readonly modified: Record<2 | 3, { readonly discounts: number[][]; readonly probabilities: number[] }>;
  readonly ppmi: {
    readonly window: number;
    readonly smoothing: number;
    readonly rows: number[][];
    readonly sum: number;
  };
  readonly svd: { readonly matrix: number[][]; readonly values: number[] };
}
const golden: Golden = JSON.parse(readFileSync(new URL("golden/text-counts.json", import.meta.url), "utf8"));

const ids = (...values: number[]) => Int32Array.of(...values);
const train = Int32Array.from(golden.train);
const given = Int32Array.from(golden.test);
const { vocabularySize } = golden;
const near = (received: Iterable<number>, expected: readonly number[]) => {
  const values = [...received];
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 9);
  });
};

describe("context windows", () => {
  test("hand-worked: before, and around", () => {
    expect(contextWindows(ids(1, 2, 3, 4), { before: 2 })).toEqual({
      contexts: ids(1, 2, 2, 3),
      targets: ids(3, 4),
      width: 2,
    });
    expect(contextWindows(ids(1, 2, 3, 4, 5), { before: 2, after: 1 })).toEqual({
      contexts: ids(1, 2, 4, 2, 3, 5),
      targets: ids(3, 4),
      width: 3,
    });
  });
  test("a text as long as its context, an empty one, no context: a user's mistakes", () => {
    expect(() => contextWindows(ids(1, 2), { before: 1, after: 1 })).toThrow(UserError);
    expect(() => contextWindows(ids(1, 2), { before: 1, after: 1 })).toThrow(
      "expected a text longer than the context of 2 tokens, received 2 tokens (text too short or context too long?)",
    );
    expect(() => contextWindows(ids(), { before: 3 })).toThrow("received 0 tokens");
    expect(() => contextWindows(ids(1, 2), { before: 0 })).toThrow("1 or more in all, received 0 and 0");
  });
});

describe("token accuracy", () => {
  test("hand-worked: <unk>, which is 0, is never right", () => {
    expect([...rightTokens([0, 1, 2, 3], [0, 1, 3, 3])]).toEqual([0, 1, 0, 1]);
    expect(tokenAccuracy([0, 1, 2, 3], [0, 1, 3, 3])).toBe(0.5);
  });
  test("lengths must be equal", () => expect(() => tokenAccuracy([1], [1, 2])).toThrow(ShapeError));
});

describe("backoff table", () => {
  //  1 2 3   1 2 3   1 2 4   5 2 4: after (1, 2) comes 3 twice and 4 once; after 2 comes 3 twice, 4 twice
  const text = ids(1, 2, 3, 1, 2, 3, 1, 2, 4, 5, 2, 4);
  const levels = [[0, 1], [1], []];
  const fit = (options = {}) =>
    fitBackoffTable(contextWindows(text, { before: 2 }), { vocabularySize: 6, levels, ...options });

  test("hand-worked: the longest context that was seen answers", () => {
    const table = fit();
    expect([...table.predict(ids(1, 2))]).toEqual([3]);
    expect([...table.predict(ids(5, 2))]).toEqual([4]);
    expect([...table.predict(ids(0, 2))]).toEqual([3]); // not seen: after 2, where the tie goes to the lower id
    expect([...table.predict(ids(0, 0))]).toEqual([2]); // targets: 3 1 2 3 1 2 4 5 2 4
  });
  test("hand-worked: a context seen once is not trusted with minSeen 2", () =>
    expect([...fit({ minSeen: 2 }).predict(ids(5, 2, 1, 2))]).toEqual([3, 3]));
  test("hand-worked: the target `never` is passed over", () =>
    expect([...fit({ never: 3 }).predict(ids(1, 2, 0, 2))]).toEqual([4, 4]));
  test("without a last level an unseen context has no answer", () =>
    expect([...fit({ levels: [[0, 1]] }).predict(ids(0, 0))]).toEqual([-1]));
  test("contexts of another width, and keys beyond 2⁵³", () => {
    expect(() => fit().predict(ids(1))).toThrow(ShapeError);
    expect(() => fit({ vocabularySize: 1e6 })).toThrow("2 columns of 1000000 ids and a target");
  });
  test("agrees with counting in a Map", () =>
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 4, maxLength: 60 }), (values) => {
        const { contexts, targets } = contextWindows(Int32Array.from(values), { before: 2 });
        const table = fitBackoffTable({ contexts, targets, width: 2 }, { vocabularySize: 5, levels: [[0, 1]] });
        table.predict(contexts).forEach((answer, row) => {
          const same = [...targets].filter(
            (_, i) => contexts[2 * i] === contexts[2 * row] && contexts[2 * i + 1] === contexts[2 * row + 1],
          );
          const count = (target: number) => same.filter((one) => one === target).length;
          const best = [0, 1, 2, 3, 4].reduce((a, b) => (count(b) > count(a) ? b : a));
          expect(answer).toBe(best);
        });
      }),
    ));
});

describe("n-gram counts", () => {
  test("hand-worked: 0 1 0 1 2", () => {
    const { levels } = countNGrams(ids(0, 1, 0, 1, 2), { order: 3, vocabularySize: 4 });
    expect([...levels[0]!.counts]).toEqual([2, 2, 1, 0]);
    // 01 twice, 10 once, 12 once; node 0 has the child 1, node 1 the children 0 and 2
    expect(levels[1]).toEqual({
      tokens: ids(1, 0, 2),
      counts: ids(2, 1, 1),
      starts: ids(0, 1, 3, 3, 3),
      suffixes: ids(1, 0, 2),
    });
    // 010, 012, 101: their suffixes are 10, 12 and 01
    expect(levels[2]).toEqual({
      tokens: ids(0, 2, 1),
      counts: ids(1, 1, 1),
      starts: ids(0, 2, 3, 3),
      suffixes: ids(1, 2, 0),
    });
  });
  test("a text shorter than the order, an id of another vocabulary", () => {
    expect(() => countNGrams(ids(1, 2), { order: 3, vocabularySize: 4 })).toThrow(
      new UserError("n-grams: expected a text of at least 3 tokens, received 2 (text too short?)"),
    );
    expect(() => countNGrams(ids(1, 4), { order: 1, vocabularySize: 4 })).toThrow("ids from 0 to 3, received 4");
  });
});

describe("Kneser–Ney", () => {
  const model = (order: number, options = {}) => fitKneserNey(countNGrams(train, { order, vocabularySize }), options);

  test("hand-worked bigram: 0 1 0 1 2 with a discount of ½", () => {
    const half = [0.5, 0.5, 0.5] as const;
    const counts = countNGrams(ids(0, 1, 0, 1, 2), { order: 2, vocabularySize: 4 });
    const { probability } = fitKneserNey(counts, { discounts: [half, half] });
    // Lowest order: 0, 1 and 2 each follow one different token, 3 of them in all; 3 · ½ / 3 is left for 1/4 each:
    // p(1) = ½/3 + ½·¼ = 7/24 = p(0) = p(2); p(3) = ½·¼ = 1/8
    expect(probability([], 1)).toBeCloseTo(7 / 24, 12);
    expect(probability([], 3)).toBeCloseTo(1 / 8, 12);
    // After 0 comes 1 twice: (2 − ½)/2 + ½/2 · 7/24; after 1 come 0 and 2 once each: ½/2 + (½ + ½)/2 · 7/24
    expect(probability([0], 1)).toBeCloseTo(3 / 4 + 7 / 96, 12);
    expect(probability([1], 2)).toBeCloseTo(1 / 4 + 7 / 48, 12);
    expect(probability([3], 2)).toBeCloseTo(7 / 24, 12); // 3 was never seen: no context
  });
  test("interpolated, as NLTK has it: one discount, the lowest order not discounted", () => {
    const d = golden.nltk.discount;
    const { logProbabilities } = model(3, {
      discounts: [
        [0, 0, 0],
        [d, d, d],
        [d, d, d],
      ],
    });
    near(logProbabilities(given).slice(2).map(Math.exp), golden.nltk.probabilities);
  });
  test.each([2, 3] as const)("modified, order %i, as the paper's formulas in Python", (order) => {
    const { logProbabilities, discounts } = model(order);
    const expected = golden.modified[order];
    discounts.forEach((three, i) => {
      near(three, expected.discounts[i]!);
    });
    near(logProbabilities(given).map(Math.exp), expected.probabilities);
  });
  test("every distribution is positive, sums to 1, and holds the single probabilities", () => {
    const { distribution, probability } = model(3);
    for (const context of [[], [3], [2, 1], [99, 98], [0, 0, 1, 2]]) {
      const p = distribution(context);
      expect(p.reduce((sum, one) => sum + one)).toBeCloseTo(1, 10);
      p.forEach((one, token) => {
        expect(one).toBeGreaterThan(0);
        expect(probability(context, token)).toBeCloseTo(one, 12);
      });
    }
  });
  test("predicts the token that the distribution puts first, but for one that it never may", () => {
    const { distribution, predict } = model(3);
    for (const never of [0, -1])
      predict(given, { never }).forEach((token, place) => {
        const p = distribution(given.slice(0, place));
        if (never >= 0) p[never] = 0;
        expect(p[token]).toBeCloseTo(Math.max(...p), 12);
      });
  });
  test("a text too short for discounts is a user's mistake, or takes the fallback", () => {
    const counts = countNGrams(ids(0, 1, 2), { order: 2, vocabularySize: 3 });
    expect(() => fitKneserNey(counts)).toThrow(
      new UserError(
        "Kneser–Ney: expected 1-grams that occur once, twice and three times, each fewer than the last, " +
          "received 2, 0 and 0 (text too short, or it repeats itself?)",
      ),
    );
    const { discounts, distribution } = fitKneserNey(counts, { fallback: [0.5, 1, 1.5] });
    expect(discounts).toEqual([
      [0.5, 1, 1.5],
      [0.5, 1, 1.5],
    ]);
    expect(distribution([0]).reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
  });
});

describe("PPMI", () => {
  test("hand-worked: 0 1 0 2, window 1, no smoothing", () => {
    // pairs both ways: 01 10 10 01 02 20 → P(0) = 1/2, P(1) = 1/3, P(2) = 1/6; P(0,1) = 1/3 → log(1/3 / (1/2 · 1/3)) = log 2
    const matrix = ppmi(ids(0, 1, 0, 2), { vocabularySize: 3, window: 1, smoothing: 1 });
    expect([...matrix.starts]).toEqual([0, 2, 3, 4]);
    expect([...matrix.columns]).toEqual([1, 2, 0, 0]);
    near(matrix.values, [Math.log(2), Math.log(2), Math.log(2), Math.log(2)]);
  });
  test("as NumPy has it", () => {
    const { window, smoothing, rows, sum } = golden.ppmi;
    const matrix = ppmi(train, { vocabularySize, window, smoothing });
    rows.forEach((row, word) => {
      const dense = new Float64Array(vocabularySize);
      for (let i = matrix.starts[word]!; i < matrix.starts[word + 1]!; i++)
        dense[matrix.columns[i]!] = matrix.values[i]!;
      near(dense, row);
    });
    expect(matrix.values.reduce((total, value) => total + value)).toBeCloseTo(sum, 6);
  });
  test("a word that is skipped leaves no trace", () =>
    expect(ppmi(ids(1, 0, 2), { vocabularySize: 3, window: 1, skip: 0 }).columns).toEqual(ids(2, 1)));
  test("window and text must do", () => {
    expect(() => ppmi(ids(1, 2), { vocabularySize: 3, window: 0 })).toThrow(UserError);
    expect(() => ppmi(ids(1), { vocabularySize: 3, window: 2 })).toThrow("a text of 2 or more tokens, received 1");
  });
});

describe("truncated SVD", () => {
  const dense = golden.svd.matrix;
  const shape = [dense.length, dense[0]!.length] as const;
  const entries = dense.map((row) => row.flatMap((value, column) => (value === 0 ? [] : [{ value, column }])));
  const matrix = {
    shape,
    starts: Int32Array.from([0, ...entries.keys()].map((_, i) => entries.slice(0, i).flat().length)),
    columns: Int32Array.from(entries.flat(), ({ column }) => column),
    values: Float64Array.from(entries.flat(), ({ value }) => value),
  };
  const dimension = golden.svd.values.length;
  const svd = truncatedSvd(matrix, { dimension, random: createRandom(1), iterations: 8 });

  test("singular values as SciPy has them", () => near(svd.values, golden.svd.values));
  test("left vectors: of length 1, at right angles, and A·Aᵀ·u = σ²·u", () => {
    const back = multiply(transpose(matrix), svd.left, dimension);
    const again = multiply(matrix, back, dimension);
    again.forEach((value, i) => {
      expect(value).toBeCloseTo(svd.values[i % dimension]! ** 2 * svd.left[i]!, 4);
    });
    for (let i = 0; i < dimension; i++)
      for (let j = 0; j <= i; j++) {
        let dot = 0;
        for (let row = 0; row < shape[0]; row++) dot += svd.left[row * dimension + i]! * svd.left[row * dimension + j]!;
        expect(dot).toBeCloseTo(Number(i === j), 9);
      }
  });
  test("more values than the matrix has", () =>
    expect(() => truncatedSvd(matrix, { dimension: 41, random: createRandom(1) })).toThrow("1 to 40, received 41"));
});

describe("counted vectors", () => {
  const random = createRandom(6);
  // 0 and 1 stand between 4 and 5, 2 and 3 between 6 and 7
  const ids = Int32Array.from(
    Array.from({ length: 300 }, () => {
      const [word, kind] = [random.integer(0, 2), random.integer(0, 2)];
      return [4 + 2 * kind, 2 * kind + word, 5 + 2 * kind];
    }).flat(),
  );
  const options = { vocabularySize: 8, window: 1, dimension: 8 };
  const vectors = () => countedVectors(ids, { ...options, random: createRandom(1) });

  test("are U·√Σ: the squares of column j add up to the j-th singular value", () => {
    const { values } = truncatedSvd(ppmi(ids, options), { dimension: 8, random: createRandom(1) });
    for (let j = 0; j < 8; j++) {
      const squares = vectors().filter((_, i) => i % 8 === j);
      expect(squares.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(values[j]!, 4);
    }
  });
  test("words between the same words point the same way, others do not", () => {
    const row = (word: number) => [...vectors().subarray(word * 8, word * 8 + 8)];
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    const cosine = (a: number, b: number) => dot(row(a), row(b)) / Math.sqrt(dot(row(a), row(a)) * dot(row(b), row(b)));
    expect(cosine(0, 1)).toBeGreaterThan(0.95);
    expect(cosine(2, 3)).toBeGreaterThan(0.95);
    expect(Math.abs(cosine(0, 2))).toBeLessThan(0.5);
    expect(vectors()).toEqual(vectors());
  });
});
