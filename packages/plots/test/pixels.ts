import { PNG } from "pngjs";
import { svgToPng } from "../src/index.ts";
import type { Theme } from "../src/theme.ts";

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Colour as `#rrggbb`. */
  at(x: number, y: number): string;
}

/** The figure as resvg draws it, one pixel for each px. */
export async function draw(svg: string, theme: Theme = "light"): Promise<Pixels> {
  const { width, height, data } = PNG.sync.read(Buffer.from(await svgToPng(svg, { theme })));
  return {
    width,
    height,
    at: (x, y) => `#${data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3).toString("hex")}`,
  };
}

/** Where the first picture of an image grid begins, in px of the figure. */
export function pictureOrigin(svg: string): { x: number; y: number } {
  const [, grid, column] =
    /^.*?<g transform="translate\(([\d,]+)\)">.*?<g transform="translate\(([\d,]+)\)">\n<image/s.exec(svg)!;
  const [[a, b], [c, d]] = [grid!, column!].map((pair) => pair.split(",").map(Number)) as [
    [number, number],
    [number, number],
  ];
  return { x: a + c, y: b + d };
}
