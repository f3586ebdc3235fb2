import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { lineChart, svgToPng } from "../src/index.ts";
import { THEMES } from "../src/theme.ts";
import { draw } from "./pixels.ts";

const chart = () =>
  lineChart({ title: "IIIIIIII", xLabel: "x", yLabel: "y", series: [{ name: "a", x: [1, 2], y: [1, 2] }] });

describe("svgToPng", () => {
  test.each(["light", "dark"] as const)("%s: paints the background and writes in the theme's ink", async (theme) => {
    const pixels = await draw(await chart(), theme);
    expect(pixels.at(0, 0)).toBe(THEMES[theme].background);
    const title = Array.from({ length: 60 * 20 }, (_, i) => pixels.at(8 + (i % 60), 5 + Math.floor(i / 60)));
    expect(title).toContain(THEMES[theme].ink);
  });

  test("has the figure's size, or the width that is asked for", async () => {
    const svg = await chart();
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
    const size = async (options?: { width: number }) => {
      const png = PNG.sync.read(Buffer.from(await svgToPng(svg, options)));
      return [png.width, png.height];
    };
    expect(await size()).toEqual([width, height]);
    expect(await size({ width: 2 * width! })).toEqual([2 * width!, 2 * height!]);
  });

  test("gives the same bytes again", async () =>
    expect(await svgToPng(await chart())).toEqual(await svgToPng(await chart())));

  test("refuses what is no SVG and a width that is none", async () => {
    await expect(svgToPng("<p>hello</p>")).rejects.toThrow();
    await expect(svgToPng(await chart(), { width: 0 })).rejects.toThrow(
      "svgToPng width: expected a positive integer (px), received 0",
    );
  });
});
