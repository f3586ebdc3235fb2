import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HistogramOptions, HistogramSeries } from "../src/histogram.ts";
import { outline, sharedBins } from "../src/histogram-bins.ts";
import { histogram } from "../src/index.ts";
import { drawnTexts } from "./svg-texts.ts";

const chart = (series: readonly HistogramSeries[], options: Partial<HistogramOptions> = {}) =>
  histogram({ title: "t", xLabel: "weight", series, ...options });
const texts = async (svg: Promise<string>) => drawnTexts(await svg).map(({ text }) => text);

describe("sharedBins", () => {
  test("hand-worked: a border belongs to the bin above, the largest value to the last", () => {
    // four bins over [0, 4]
    const { edges, counts, notFinite } = sharedBins(
      [
        [0, 0.5, 1, 4],
        [3, 4, Number.NaN],
      ],
      4,
    );
    expect([...edges]).toEqual([0, 1, 2, 3, 4]);
    expect(counts.map((inBins) => [...inBins])).toEqual([
      [2, 1, 0, 1],
      [0, 0, 0, 2],
    ]);
    expect(notFinite).toEqual([0, 1]);
  });

  test("every finite value is in exactly one bin", () =>
    fc.assert(
      fc.property(fc.array(fc.float(), { minLength: 1 }), fc.integer({ min: 1, max: 20 }), (values, bins) => {
        fc.pre(values.some(Number.isFinite));
        const { counts, notFinite } = sharedBins([values], bins);
        expect(counts[0]!.reduce((sum, count) => sum + count, 0) + notFinite[0]!).toBe(values.length);
      }),
    ));
});

test("outline steps over the bins and ends on the floor", () =>
  expect(outline(Float64Array.of(0, 1, 2), [3, 0], 0.5)).toEqual([
    { x: 0, y: 0.5 },
    { x: 0, y: 3 },
    { x: 1, y: 3 },
    { x: 1, y: 0.5 },
    { x: 2, y: 0.5 },
    { x: 2, y: 0.5 },
  ]));

describe("histogram", () => {
  test("shows counts, or shares where series differ in length", async () => {
    const [short, long] = [
      { name: "a", values: [1, 2, 3] },
      { name: "b", values: [1, 2, 3, 4] },
    ];
    expect(await texts(chart([short, short]))).toContain("count");
    expect(await texts(chart([short, long]))).toContain("share of values");
    expect(await texts(chart([short, long], { shares: false }))).toContain("count");
  });

  test("counts what is not finite in the legend, or in the subtitle of a single series", async () => {
    const values = [1, 2, Number.NaN, Number.POSITIVE_INFINITY];
    expect(
      await texts(
        chart([
          { name: "a", values },
          { name: "b", values: [1] },
        ]),
      ),
    ).toContain("a (2 not finite)");
    expect(await texts(chart([{ name: "a", values }], { subtitle: "all weights" }))).toContain(
      "all weights (2 not finite)",
    );
  });

  test("a log axis shows a bin of one beside a bin of thousands", async () => {
    const svg = await chart([{ name: "a", values: [...Array(5000).fill(0), 10] }], { logY: true, bins: 2 });
    const outlineY = /<path d="(M[^"]*)" stroke="#/
      .exec(svg)![1]!
      .split(/[ML]/)
      .slice(1)
      .map((pair) => Number(pair.split(",")[1]));
    expect(outlineY[0]! - outlineY[3]!).toBeGreaterThan(10); // px of the bin of one above the floor
  });

  test("says what is wrong", async () => {
    await expect(chart([])).rejects.toThrow("histogram series: expected at least one, received none");
    await expect(chart([{ name: "a", values: [] }])).rejects.toThrow(
      'histogram series "a" values: expected at least one, received none',
    );
    await expect(chart([{ name: "a", values: [Number.NaN] }])).rejects.toThrow(
      "histogram values: expected a finite one, received none",
    );
    await expect(chart([{ name: "a", values: [1] }], { bins: 2.5 })).rejects.toThrow(
      "histogram bins: expected a whole number from 1 up, received 2.5",
    );
  });
});
