import { createRandom } from "@course/core";
import { describe, expect, test } from "vitest";
import { lineChart } from "../src/index.ts";
import type { LineChartOptions } from "../src/line-chart.ts";
import type { Series } from "../src/line-rows.ts";
import { drawnTexts } from "./svg-texts.ts";

const chart = (series: readonly Series[], options: Partial<LineChartOptions> = {}) =>
  lineChart({ title: "t", xLabel: "x", yLabel: "y", series, ...options });

/** Subpaths of the lines (stroked and without dots), one for each stretch between gaps. */
const lines = (svg: string) => [...svg.matchAll(/<path d="(M[^"]*)" stroke="#/g)].map(([, d]) => d!);
const dots = (svg: string) => svg.match(/<path transform="[^"]*" d="[^"]*" fill="#/g)?.length ?? 0;
const bands = (svg: string) => svg.match(/fill-opacity="0.25"/g)?.length ?? 0;

describe("lineChart", () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%d is a gap", async (missing) => {
    const svg = await chart([{ name: "a", x: [1, 2, 3, 4, 5], y: [1, 2, missing, 4, 5] }]);
    expect(lines(svg).length).toBe(2);
    expect(dots(svg)).toBe(4);
  });

  test("a point alone between gaps is a dot even where there are too many points for markers", async () => {
    const y = Array.from({ length: 100 }, (_, i) => (i === 49 || i === 51 ? Number.NaN : i));
    const svg = await chart([{ name: "a", x: y.map((_, i) => i), y }]);
    expect(dots(svg)).toBe(1);
  });

  test("what lies at or below zero is a gap on a log axis only", async () => {
    const series = [{ name: "a", x: [1, 2, 3, 4, 5], y: [1, 2, 0, 4, 5] }];
    expect(lines(await chart(series)).length).toBe(1);
    expect(lines(await chart(series, { logY: true })).length).toBe(2);
  });

  test("a training that diverged is drawn up to there on a log axis", async () => {
    const y = [2.3, 4e2, 6e30, 1e308, Number.POSITIVE_INFINITY, Number.NaN, -1, 0];
    const svg = await chart([{ name: "loss", x: y.map((_, i) => i + 1), y }], { logY: true });
    expect(lines(svg).length).toBe(1);
    expect(dots(svg)).toBe(3); // 1e308 is beyond what can be drawn
    expect(drawnTexts(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(["1", "1e24"]));
  });

  test.each([
    [false, [Number.NaN, Number.POSITIVE_INFINITY], 'none is finite ("loss" begins with (1, NaN))'],
    [true, [0, -1], 'none is finite and above zero on the log axis ("loss" begins with (1, 0))'],
  ])("without a point to draw (log %s) the chart is empty and its caption says why", async (logY, y, caption) => {
    const svg = await chart([{ name: "loss", x: [1, 2], y, low: y, high: y }], { logY, subtitle: "one seed" });
    const texts = drawnTexts(svg).map(({ text }) => text);
    expect(texts.join(" ")).toContain(`one seed; no point to draw: ${caption}`);
    expect(texts).toEqual(expect.arrayContaining(["t", "x", "y"]));
    expect(texts.filter((text) => /^[\d.e-]+$/.test(text))).toEqual([]); // no ticks, which would be made up
    expect([lines(svg).length, dots(svg), bands(svg)]).toEqual([0, 0, 0]);
  });

  test("a series without a point to draw leaves the others as they are, and keeps its place in the legend", async () => {
    const svg = await chart([
      { name: "diverged", x: [1, 2], y: [Number.NaN, Number.NaN] },
      { name: "fine", x: [1, 2], y: [1, 2] },
    ]);
    expect(lines(svg).length).toBe(1);
    const texts = drawnTexts(svg).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(["diverged", "fine"]));
    expect(texts.join(" ")).not.toContain("no point to draw");
  });

  test("a band breaks where one of its ends is missing; its line does not", async () => {
    const [x, low, high] = [
      [1, 2, 3, 4, 5],
      [0, 1, Number.NaN, 3, 4],
      [2, 3, 4, 5, 6],
    ];
    const svg = await chart([{ name: "a", x, y: x, low, high }]);
    expect(bands(svg)).toBe(2);
    expect(lines(svg).length).toBe(1);
  });

  test("a million points draw quickly into a small file that keeps the peak", async () => {
    const random = createRandom(1);
    const y = Float64Array.from({ length: 1_000_000 }, () => random.uniform());
    y[777_777] = 50;
    const svg = await chart([{ name: "a", x: y.map((_, i) => i), y }]);
    expect(svg.length).toBeLessThan(100_000);
    const heights = lines(svg)[0]!
      .split(/[ML]/)
      .slice(1)
      .map((pair) => Number(pair.split(",")[1]));
    expect(Math.min(...heights)).toBe(0); // 50 is the top of the axis
  });

  test("powers of ten are the ticks of a log axis", async () => {
    const svg = await chart([{ name: "a", x: [1e-6, 1e-3, 1], y: [1, 2, 3] }], { logX: true });
    const texts = drawnTexts(svg).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(["1e-6", "1e-5", "1e-4", "0.001", "0.01", "0.1", "1"]));
  });

  test("whole numbers have no ticks between them", async () => {
    const texts = drawnTexts(await chart([{ name: "a", x: [1, 2, 3], y: [0.5, 0.6, 0.7] }])).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(["1", "2", "3"]));
    expect(texts).not.toContain("1.5");
  });

  test("a legend names several series, also equal and hostile names", async () => {
    const name = `</text><script>"&'`;
    const texts = drawnTexts(await chart([1, 2].map((y) => ({ name, x: [1, 2], y: [y, y] })))).map(({ text }) => text);
    expect(texts.filter((text) => text === name).length).toBe(2);
    expect(await chart([{ name, x: [1, 2], y: [1, 2] }])).not.toContain("<script");
  });

  test("a legend of many long names wraps into columns, and names that differ still do", async () => {
    const names = Array.from({ length: 12 }, (_, i) => `a rather long name of the optimizer with number ${i}`);
    const texts = drawnTexts(await chart(names.map((name, i) => ({ name, x: [1, 2], y: [i, i] }))));
    const entries = texts.filter(({ text }) => text.startsWith("a rather"));
    expect(new Set(entries.map(({ text }) => text)).size).toBe(12);
    expect(new Set(entries.map(({ left }) => left)).size).toBe(2);
    expect(new Set(entries.map(({ top }) => top)).size).toBe(6);
  });

  test("series of one colour, one of them dashed", async () => {
    const points = { x: [1, 2], y: [1, 2] };
    const svg = await chart([
      { name: "train", ...points },
      { name: "validation", ...points, color: 0, dashed: true },
    ]);
    const strokes = [...svg.matchAll(/stroke="(#\w+)" [^>]*stroke-dasharray="([\d,]+)"/g)].map(([, ...look]) =>
      look.join(" "),
    );
    expect(new Set(strokes)).toEqual(new Set(["#0072b2 1,0", "#0072b2 6,3"]));
  });

  test.each<[string, readonly Series[], string]>([
    ["no series", [], "lineChart series: expected at least one, received none"],
    [
      "an empty series",
      [{ name: "a", x: [], y: [] }],
      'lineChart series "a" points: expected at least one, received none',
    ],
    [
      "lengths that differ",
      [{ name: "a", x: [1, 2], y: [1] }],
      'lineChart series "a" y: expected [points=2], received [1]',
    ],
    [
      "half an interval",
      [{ name: "a", x: [1], y: [1], low: [0] }],
      'series "a": expected both ends of the interval, received only low',
    ],
  ])("says what is wrong with %s", async (_, series, message) => {
    await expect(chart(series)).rejects.toThrow(message);
  });
});
