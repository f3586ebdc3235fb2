import { describe, expect, test } from "vitest";
import { BOX_STYLES } from "../src/boxes.ts";
import { blend, contrast, luminance, parseColor, type Rgb } from "../src/contrast.ts";
import { colorScale, FULLEST, PALEST } from "../src/heat-map-color.ts";
import { PALETTE, seriesColor, seriesDash, seriesShape, THEMES, TONE_COLORS } from "../src/theme.ts";
import { seenDistance, VISIONS } from "./colour-vision.ts";

const themes = Object.entries(THEMES).map(([name, { background, ink }]) => ({
  name,
  background: parseColor(background),
  ink: parseColor(ink),
}));

describe("contrast", () => {
  test("hand-worked: white against black, and a grey", () => {
    expect(contrast([1, 1, 1], [0, 0, 0])).toBe(21); // (1 + 0.05) / (0 + 0.05)
    // #808080: 128/255 = 0.50196; ((0.50196 + 0.055) / 1.055)^2.4 = 0.21586; 1.05 / 0.26586 = 3.949
    expect(contrast(parseColor("#808080"), [1, 1, 1])).toBeCloseTo(3.949, 3);
    expect(contrast([0.2, 0.4, 0.6], [0.9, 0.1, 0])).toBe(contrast([0.9, 0.1, 0], [0.2, 0.4, 0.6]));
  });

  test("luminance weighs green most; the dark end of a channel is linear", () => {
    expect(luminance([0, 1, 0])).toBeCloseTo(0.7152, 12);
    expect(luminance([0.04, 0, 0])).toBeCloseTo((0.2126 * 0.04) / 12.92, 12);
  });

  test("blend: half of red on white", () => expect(blend([1, 0, 0], [1, 1, 1], 0.5)).toEqual([1, 0.5, 0.5]));

  test.each(["red", "#fff", "#12345g", ""])("parseColor refuses %j", (color) =>
    expect(() => parseColor(color)).toThrow(`parseColor: expected #rrggbb, received "${color}"`),
  );
});

describe.each(themes)("on the $name background", ({ background, ink }) => {
  test.each([...PALETTE, ...Object.values(TONE_COLORS), ...Object.values(BOX_STYLES).map(({ color }) => color)])(
    "%s has a contrast of 3:1",
    (color) => expect(contrast(parseColor(color), background)).toBeGreaterThanOrEqual(3),
  );

  test("text has a contrast of 7:1", () => expect(contrast(ink, background)).toBeGreaterThanOrEqual(7));

  test("text has a contrast of 4.5:1 on every cell of a heat map", () => {
    for (const color of [PALETTE[0], PALETTE[1]])
      for (let opacity = PALEST; opacity <= FULLEST; opacity += 0.01)
        expect(
          contrast(ink, blend(parseColor(color), background, opacity)),
          `${color} ${opacity}`,
        ).toBeGreaterThanOrEqual(4.5);
  });
});

test.each(Object.keys(VISIONS) as (keyof typeof VISIONS)[])("series are told apart with %s", (vision) => {
  const four = (from: number) => PALETTE.slice(from, from + 4).map(parseColor);
  const pairs = (colors: readonly Rgb[]) =>
    colors.flatMap((a, i) => colors.slice(0, i).map((b) => seenDistance(a, b, vision)));
  expect(Math.min(...pairs(four(0)))).toBeGreaterThan(7);
  expect(Math.min(...pairs(four(4)))).toBeGreaterThan(7);
});

test("all eight colours differ for normal vision", () => {
  const colors = PALETTE.map(parseColor);
  const distances = colors.flatMap((a, i) => colors.slice(0, i).map((b) => seenDistance(a, b, "normal")));
  expect(Math.min(...distances)).toBeGreaterThan(10);
});

test("sixteen series and twenty-four groups all look different", () => {
  const looks = (count: number, second: (i: number) => unknown) =>
    new Set(Array.from({ length: count }, (_, i) => `${seriesColor(i)} ${second(i)}`)).size;
  expect(looks(16, seriesDash)).toBe(16);
  expect(looks(24, seriesShape)).toBe(24);
});

describe("colorScale", () => {
  test("spans the finite values in one colour", () =>
    expect(colorScale([3, Number.NaN, 1])).toEqual({
      domain: [1, 3],
      range: ["rgba(0,114,178,0.06)", "rgba(0,114,178,0.72)"],
    }));

  test("changes colour at zero and is equally full at equal distance", () => {
    const { domain, range } = colorScale([-1, 4]);
    expect([domain[0], domain[3]]).toEqual([-4, 4]);
    expect([range[0], range[3]]).toEqual(["rgba(213,94,0,0.72)", "rgba(0,114,178,0.72)"]);
  });

  test("without a finite value", () =>
    expect(() => colorScale([Number.NaN])).toThrow("heatMap values: expected a finite one, received none"));
});
