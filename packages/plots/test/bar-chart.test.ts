import { describe, expect, test } from "vitest";
import type { BarChartOptions } from "../src/bar-chart.ts";
import type { Bar } from "../src/bar-layers.ts";
import { barChart } from "../src/index.ts";
import { drawnTexts } from "./svg-texts.ts";

const chart = (bars: readonly Bar[], options: Partial<BarChartOptions> = {}) =>
  barChart({ title: "t", yLabel: "accuracy (fraction)", bars, ...options });

/** Width and height in px of each bar. */
const sizes = (svg: string) =>
  [...svg.matchAll(/d="M[-\d.]+,[-\d.]+h([-\d.]+)v([-\d.]+)h[-\d.]+Z" fill="#/g)].map(([, w, h]) => [
    Number(w),
    Number(h),
  ]);

describe("barChart", () => {
  test("bars stand upright where names fit, their heights as their values", async () => {
    const [a, b] = sizes(
      await chart([
        { name: "a", value: 1 },
        { name: "b", value: 4 },
      ]),
    );
    expect(b![1]! / a![1]!).toBeCloseTo(4, 2);
    expect(a![0]).toBe(b![0]);
  });

  test("bars lie where a name is too long, which is then shown in full", async () => {
    const name = "one GRU forward and one backward, frozen";
    const svg = await chart([{ name, value: 1 }, ...[2, 3, 4].map((value) => ({ name: "b", value }))]);
    const [a, b] = sizes(svg);
    expect(b![0]! / a![0]!).toBeCloseTo(2, 2);
    expect(drawnTexts(svg).map(({ text }) => text)).toContain(name);
  });

  test("a whisker spans its interval and the value stands beyond it", async () => {
    const svg = await chart([{ name: "a", value: 2.34, low: 1, high: 4 }]);
    const bar = sizes(svg)[0]![1]!; // 2.34 units high
    const whisker = /<line transform="[^"]*" x2="0" y2="([-\d.]+)" stroke="currentColor" stroke-width="1.5"/.exec(svg)!;
    expect(Math.abs(Number(whisker[1]))).toBeCloseTo((3 / 2.34) * Math.abs(bar), 0); // from 1 to 4
    const texts = drawnTexts(svg);
    const [value, top] = ["2.34", "4"].map((wanted) => texts.find(({ text }) => text === wanted)!);
    expect(value!.bottom).toBeLessThan((top!.top + top!.bottom) / 2);
  });

  test("a value that is not finite has no bar but says so", async () => {
    const svg = await chart([
      { name: "a", value: Number.NaN },
      { name: "b", value: 1, low: Number.NaN, high: 2 },
    ]);
    expect(sizes(svg).length).toBe(1);
    expect(svg).not.toContain('stroke-width="1.5"');
    expect(drawnTexts(svg).map(({ text }) => text)).toContain("no value (NaN)");
  });

  test("dots take the place of bars off zero", async () => {
    const svg = await chart(
      [
        { name: "a", value: 0.9 },
        { name: "b", value: 0.91 },
      ],
      { fromZero: false },
    );
    expect(sizes(svg)).toEqual([]);
    expect(drawnTexts(svg).map(({ text }) => text)).not.toContain("0.00");
  });

  test("a negative value's text stands below its bar", async () => {
    const texts = drawnTexts(
      await chart([
        { name: "a", value: -2 },
        { name: "b", value: 2 },
      ]),
    );
    const zero = texts.find(({ text }) => text === "0")!;
    const negatives = texts.filter(({ text }) => text === "−2");
    expect(Math.max(...negatives.map(({ top }) => top))).toBeGreaterThan(zero.bottom);
  });

  test("says what is wrong", async () => {
    await expect(chart([])).rejects.toThrow("barChart bars: expected at least one, received none");
    await expect(chart([{ name: "a", value: Number.NaN }])).rejects.toThrow(
      "barChart bars: expected a finite value, received NaN",
    );
  });
});
