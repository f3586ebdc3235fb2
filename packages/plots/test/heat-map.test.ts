import { describe, expect, test } from "vitest";
import type { HeatMapOptions } from "../src/heat-map.ts";
import { cellLayout } from "../src/heat-map-cells.ts";
import { confusionHeatMap, heatMap } from "../src/index.ts";
import { drawnTexts } from "./svg-texts.ts";

const map = (options: Partial<HeatMapOptions> & Pick<HeatMapOptions, "rows" | "columns" | "values">) =>
  heatMap({ title: "t", ...options });
const texts = (svg: string) => drawnTexts(svg).map(({ text }) => text);
/** Opacity of each cell's colour, row by row. */
const opacities = (svg: string) =>
  [...svg.matchAll(/fill="rgba\(\d+, \d+, \d+, ([\d.]+)\)"/g)].map(([, opacity]) => Number(opacity));

describe("cellLayout", () => {
  const cells = (lines: string[], count: number) =>
    Array.from({ length: count }, () => Array.from({ length: count }, () => lines));

  test.each([
    [["1,000", "0.97"], 10, 2],
    [["1,000", "0.97"], 13, 2],
    [["1,000", "0.97"], 16, 0], // 35 px: too narrow for the count
    [["99", "0.97"], 18, 1], // 31 px: one line only
    [["0.5"], 5, 1],
  ])("%j in %i columns: %i lines", (lines, count, expected) =>
    expect(cellLayout(cells(lines, count), count).lines).toBe(expected),
  );

  test("hand-worked: ten classes have room for counts of five digits", () =>
    // five digits of 7.0 px and a comma of 3.5 px: 39 px, and 10 px of margin
    expect(cellLayout(cells(["12,345", "<0.01"], 10), 10)).toEqual({ size: 49, lines: 2 }));
});

describe("heatMap", () => {
  test("hand-worked: colours grow with the values, from 0.06 to 0.72", async () => {
    const svg = await map({ rows: ["a"], columns: ["b", "c", "d"], values: [[0, 1, 2]] });
    expect(opacities(svg)).toEqual([0.06, 0.39, 0.72]);
    expect(texts(svg)).toEqual(expect.arrayContaining(["a", "b", "c", "d", "0", "1", "2"]));
  });

  test("a cell without a finite value stays empty", async () => {
    const svg = await map({ rows: ["a"], columns: ["b", "c"], values: [[0.25, Number.NaN]] });
    expect(opacities(svg).length).toBe(1);
    expect(texts(svg)).not.toContain("NaN");
  });

  test("rows run down and columns to the right", async () => {
    const drawn = drawnTexts(
      await map({
        rows: ["first", "second"],
        columns: ["x", "y"],
        values: [
          [11, 12],
          [21, 22],
        ],
      }),
    );
    const at = (wanted: string) => drawn.find(({ text }) => text === wanted)!;
    expect(at("21").top).toBeGreaterThan(at("11").bottom);
    expect(at("12").left).toBeGreaterThan(at("11").right);
    expect(at("21").top).toBeCloseTo(at("second").top, 0);
  });

  test("small cells lose their text and gain a colour scale", async () => {
    const names = Array.from({ length: 40 }, (_, i) => `class ${i}`);
    const values = names.map((_, i) => names.map((_, j) => i * 40 + j + 0.5));
    const svg = await map({ rows: names, columns: names, values, valueLabel: "time (s)" });
    expect(texts(svg)).toContain("time (s)");
    expect(texts(svg)).not.toContain("41.5");
    expect(svg).toContain("<linearGradient");
  });

  test("says what is wrong", async () => {
    await expect(map({ rows: [], columns: ["a"], values: [] })).rejects.toThrow(
      "heatMap rows: expected at least one, received none",
    );
    await expect(map({ rows: ["a"], columns: ["b"], values: [[1], [2]] })).rejects.toThrow(
      "heatMap values: expected [rows=1], received [2]",
    );
    await expect(map({ rows: ["a"], columns: ["b"], values: [[1, 2]] })).rejects.toThrow(
      'heatMap values of row "a": expected [columns=1], received [2]',
    );
    await expect(map({ rows: ["a"], columns: ["b"], values: [[1]], texts: [] })).rejects.toThrow(
      "heatMap texts: expected [rows=1], received [0]",
    );
  });
});

describe("confusionHeatMap", () => {
  const confusion = { numClasses: 3, counts: Uint32Array.of(6, 2, 0, 1, 999, 0, 0, 0, 0) };
  const draw = (classes: readonly string[]) => confusionHeatMap({ title: "t", classes, confusion });

  test("hand-worked: counts, shares of the row, and empty cells", async () => {
    const svg = await draw(["cat", "dog", "cow"]);
    // cat: 6 and 2 of 8; dog: 1 and 999 of 1000; no cow
    expect(texts(svg)).toEqual(expect.arrayContaining(["6", "2", "1", "999", "0.75", "0.25", "<0.01", "1.00"]));
    expect(texts(svg)).not.toContain("0");
    expect(opacities(svg).length).toBe(6); // the row without examples has no cells
  });

  test("the true class is down the side, the predicted one below", async () => {
    const drawn = drawnTexts(await draw(["cat", "dog", "cow"]));
    const at = (wanted: string) => drawn.find(({ text }) => text === wanted)!;
    expect(at("0.25").left).toBeGreaterThan(at("0.75").right); // a cat taken for a dog: same row, next column
    expect(at("0.25").top).toBe(at("0.75").top);
    expect(at("predicted class").top).toBeGreaterThan(at("true class").bottom);
  });

  test("says what is wrong", async () => {
    await expect(draw(["cat", "dog"])).rejects.toThrow(
      "confusionHeatMap classes: expected [numClasses=3], received [2]",
    );
    const short = { numClasses: 2, counts: [1, 2, 3] };
    await expect(confusionHeatMap({ title: "t", classes: ["a", "b"], confusion: short })).rejects.toThrow(
      "confusionHeatMap counts: expected [numClasses²=4], received [3]",
    );
  });
});
