import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, restoreRandom } from "../src/index.ts";

const draw = (seed: number | string, count = 20) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.uniform());
};

describe("random", () => {
  test("one seed, one sequence; another seed, another", () => {
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  test("the sequence is fixed across versions: saved runs must resume", () => {
    expect(draw(1, 3)).toMatchInlineSnapshot(`
      [
        0.6398781544525218,
        0.9885096822226404,
        0.029492208672098896,
      ]
    `);
  });

  test("goes on exactly from a state that went through JSON", () =>
    fc.assert(
      fc.property(fc.integer(), fc.nat(30), (seed, drawn) => {
        const random = createRandom(seed);
        for (let i = 0; i < drawn; i++) random.normal();
        const resumed = restoreRandom(JSON.parse(JSON.stringify(random.state())));
        for (let i = 0; i < 5; i++) expect(resumed.normal()).toBe(random.normal());
        expect(resumed.stream("a").uniform()).toBe(random.stream("a").uniform());
      }),
    ));

  test("a stream does not depend on what was drawn before it", () => {
    const fresh = createRandom(3).stream("weights").uniform();
    const used = createRandom(3);
    used.normal();
    expect(used.stream("weights").uniform()).toBe(fresh);
    expect(used.stream("shuffle").uniform()).not.toBe(fresh);
  });

  test("uniform: mean (low + high)/2, never outside [low, high)", () => {
    const random = createRandom(5);
    const values = Array.from({ length: 20_000 }, () => random.uniform(-1, 3));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...values)).toBeLessThan(3);
    const mean = values.reduce((a, b) => a + b) / values.length;
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(16 / 12 / 20_000)); // 4 standard errors
  });

  test("normal: mean, variance and the share within one standard deviation", () => {
    const random = createRandom(6);
    const values = Array.from({ length: 20_000 }, () => random.normal(2, 3));
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    const within = values.filter((x) => Math.abs(x - 2) < 3).length / values.length;
    expect(Math.abs(mean - 2)).toBeLessThan((4 * 3) / Math.sqrt(20_000));
    expect(Math.abs(variance / 9 - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
    expect(Math.abs(within - 0.6827)).toBeLessThan(4 * Math.sqrt((0.68 * 0.32) / 20_000));
  });

  test("shuffle keeps the items and makes each order equally likely", () => {
    const counts = new Map<string, number>();
    const random = createRandom(7);
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle([0, 1, 2]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(["012", "021", "102", "120", "201", "210"]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(1000 * (5 / 6)));
  });

  test("shuffles typed arrays in place", () => {
    const order = Uint32Array.from({ length: 50 }, (_, i) => i);
    expect(createRandom(8).shuffle(order)).toBe(order);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test("integer covers [low, high) and refuses an empty range", () => {
    const random = createRandom(9);
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(-1, 2)));
    expect([...seen].sort()).toEqual([-1, 0, 1]);
    expect(() => random.integer(2, 2)).toThrow("integer: expected low < high, received [2, 2)");
  });

  test("choice refuses an empty list", () => {
    expect(createRandom(1).choice(["a"])).toBe("a");
    expect(() => createRandom(1).choice([])).toThrow("choice: expected at least one item");
  });
});
