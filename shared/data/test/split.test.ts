import { createRandom } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batches } from "../src/split/batches.ts";
import { limitIndices } from "../src/split/limit.ts";
import { splitByGroup } from "../src/split/split-by-group.ts";
import { splitIndices } from "../src/split/split-indices.ts";
import { splitStratified } from "../src/split/split-stratified.ts";

const FRACTIONS = { train: 0.7, validation: 0.1, test: 0.2 };
const all = (splits: Record<string, Uint32Array>) =>
  Object.values(splits)
    .flatMap((part) => [...part])
    .sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const labelLists = fc.array(fc.nat(4), { minLength: 1, maxLength: 200 });

describe("splitIndices", () => {
  test("sizes by fraction: 0.7, 0.1 and 0.2 of 10", () => {
    const split = splitIndices(10, FRACTIONS, createRandom(1));
    expect([split.train.length, split.validation.length, split.test.length]).toEqual([7, 1, 2]);
  });
  test("every index exactly once", () =>
    fc.assert(
      fc.property(fc.nat(300), fc.integer(), (count, seed) => {
        expect(all(splitIndices(count, FRACTIONS, createRandom(seed)))).toEqual(upTo(count));
      }),
    ));
  test("equal seeds, equal splits; other seeds, other splits", () => {
    const split = (seed: number) => [...splitIndices(100, FRACTIONS, createRandom(seed)).test];
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
  });
  test("fractions below 1 leave examples out", () =>
    expect(splitIndices(10, { train: 0.5 }, createRandom(1)).train.length).toBe(5));
  test.each([
    [{ train: 80, test: 20 }, "split train: expected a fraction in [0, 1], received 80 (in percent?)"],
    [{ train: -0.1 }, "received -0.1"],
    [{ train: Number.NaN }, "received NaN"],
    [{ train: 0.8, test: 0.3 }, "split test: expected fractions of at most 1 together, received 1.1"],
  ])("refuses %o", (fractions, message) =>
    expect(() => splitIndices(10, fractions as Record<string, number>, createRandom(1))).toThrow(message),
  );
});

describe("splitStratified", () => {
  test("every index exactly once, each class within one example of its share", () =>
    fc.assert(
      fc.property(labelLists, fc.integer(), (labels, seed) => {
        const split = splitStratified(labels, FRACTIONS, createRandom(seed));
        expect(all(split)).toEqual(upTo(labels.length));
        for (const label of new Set(labels))
          for (const [name, part] of Object.entries(split)) {
            const count = [...part].filter((i) => labels[i] === label).length;
            const share = labels.filter((one) => one === label).length * FRACTIONS[name as keyof typeof FRACTIONS];
            expect(Math.abs(count - share)).toBeLessThanOrEqual(1);
          }
      }),
    ));
  test("the classes are mixed, even where the labels are sorted", () => {
    const labels = upTo(100).map((i) => Math.floor(i / 50));
    const { train } = splitStratified(labels, { train: 1 }, createRandom(1));
    const firstHalf = [...train.subarray(0, 50)].filter((i) => labels[i] === 0).length;
    expect(firstHalf).toBeGreaterThan(10);
    expect(firstHalf).toBeLessThan(40);
  });
  test("equal seeds, equal splits", () => {
    const split = (seed: number) => [...splitStratified([0, 1, 0, 1, 0, 1, 1, 0], { a: 0.5 }, createRandom(seed)).a];
    expect(split(3)).toEqual(split(3));
  });
});

describe("splitByGroup", () => {
  const groupLists = fc
    .array(fc.nat(30), { minLength: 3, maxLength: 200 })
    .filter((groups) => new Set(groups).size >= 3);
  test("every index exactly once, no group in two splits, no split empty", () =>
    fc.assert(
      fc.property(groupLists, fc.integer(), (groups, seed) => {
        const split = splitByGroup(groups, FRACTIONS, createRandom(seed));
        expect(all(split)).toEqual(upTo(groups.length));
        const owners = Object.values(split).map((part) => new Set([...part].map((i) => groups[i])));
        expect(owners.reduce((sum, owner) => sum + owner.size, 0)).toBe(new Set(groups).size);
        for (const part of Object.values(split)) expect(part.length).toBeGreaterThan(0);
      }),
    ));
  test("shares are met where groups are small: 100 groups of 3", () => {
    const groups = upTo(300).map((i) => `patient ${i % 100}`);
    const { train, validation, test } = splitByGroup(groups, FRACTIONS, createRandom(5));
    for (const [part, share] of [
      [train, 210],
      [validation, 30],
      [test, 60],
    ] as const)
      expect(Math.abs(part.length - share)).toBeLessThanOrEqual(3);
  });
  test("two groups, two splits: the last group goes to the empty one", () => {
    const { train, test } = splitByGroup(["a", "a", "a", "b"], { train: 0.9, test: 0.1 }, createRandom(1));
    expect(train.length + test.length).toBe(4);
    expect(Math.min(train.length, test.length)).toBeGreaterThan(0);
  });
  test("fewer groups than splits", () =>
    expect(() => splitByGroup(Array(10).fill("one"), { train: 0.5, test: 0.5 }, createRandom(1))).toThrow(
      "expected at least 2 groups, received 1",
    ));
  test("fractions that leave something over", () =>
    expect(() => splitByGroup(upTo(10), { train: 0.5 }, createRandom(1))).toThrow(
      "expected fractions that add up to 1",
    ));
});

describe("batches", () => {
  test("in order without a random, the last one smaller", () =>
    expect([...batches(5, 2)].map((batch) => [...batch])).toEqual([[0, 1], [2, 3], [4]]));
  test("shuffled with one: every index once", () => {
    const order = [...batches(100, 7, createRandom(1))].flatMap((batch) => [...batch]);
    expect(order).not.toEqual(upTo(100));
    expect(order.sort((a, b) => a - b)).toEqual(upTo(100));
  });
  test("no examples, no batches", () => expect([...batches(0, 3)]).toEqual([]));
  test.each([0, -1, 1.5])("refuses a batch size of %s", (size) =>
    expect(() => batches(3, size).next()).toThrow(`expected a positive integer batchSize, received ${size}`),
  );
});

describe("limitIndices", () => {
  test("keeps the proportions: 8 of 0 and 4 of 1, limit 3, gives 2 and 1", () => {
    const labels = [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1];
    expect([...limitIndices(labels, 3)].map((i) => labels[i]).sort()).toEqual([0, 0, 1]);
  });
  test("a rare label gets no more than its share: 99 of 0 and one of 1, limit 3", () => {
    const labels = upTo(100).map((i) => Number(i === 0));
    expect([...limitIndices(labels, 3)].map((i) => labels[i])).toEqual([0, 0, 0]);
  });
  test("exactly as many as asked for, ascending, and the smaller choice lies in the larger", () =>
    fc.assert(
      fc.property(labelLists, fc.integer({ min: 1, max: 250 }), (labels, limit) => {
        const kept = [...limitIndices(labels, limit)];
        expect(kept.length).toBe(Math.min(limit, labels.length));
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        const larger = new Set(limitIndices(labels, limit + 1));
        expect(kept.every((i) => larger.has(i))).toBe(true);
      }),
    ));
  test("no limit keeps all", () => expect([...limitIndices([1, 0, 1], undefined)]).toEqual([0, 1, 2]));
  test.each([0, -3, 2.5])("refuses a limit of %s", (limit) =>
    expect(() => limitIndices([0], limit)).toThrow(`limit: expected a positive integer, received ${limit}`),
  );
});
