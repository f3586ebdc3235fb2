import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scatterPlot } from "../src/index.ts";
import { placeLabels } from "../src/label-placement.ts";
import type { ScatterPlotOptions } from "../src/scatter-plot.ts";
import type { ScatterPoint } from "../src/scatter-points.ts";
import { textWidth } from "../src/text.ts";
import { drawnTexts } from "./svg-texts.ts";

const plot = (points: readonly ScatterPoint[], options: Partial<ScatterPlotOptions> = {}) =>
  scatterPlot({ title: "t", xLabel: "x", yLabel: "y", points, ...options });
const markers = (svg: string) => svg.match(/<path transform="[^"]*" d="[^"]*" fill="#/g)?.length ?? 0;
const lines = (svg: string) => [...svg.matchAll(/<path d="(M[^"]*)" stroke="#/g)].map(([, d]) => d!);

describe("placeLabels", () => {
  const frame = { fontSize: 10, width: 200, height: 100 };

  test("hand-worked: to the right, or to the left where the right is taken", () => {
    const point = { x: 100, y: 50, label: "ab" };
    // half the label's room (width + 4 px of margin), 5 px of point and 1 px of gap
    const aside = (textWidth("ab", 10) + 4) / 2 + 5 + 1;
    expect(placeLabels([point], { ...frame, points: [point] })).toEqual([{ x: 100 + aside, y: 50 }]);
    const neighbour = { x: 110, y: 50 };
    expect(placeLabels([point], { ...frame, points: [point, neighbour] })).toEqual([{ x: 100 - aside, y: 50 }]);
  });

  test("no label leaves the plot, covers another or a point", () => {
    const place = fc.record({ x: fc.nat(200), y: fc.nat(100), label: fc.constantFrom("a", "king", "a longer label") });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), (points) => {
        const places = placeLabels(points, { ...frame, points });
        const boxes = places.flatMap((at, i) => {
          const half = textWidth(points[i]!.label, 10) / 2;
          return at ? [[at.x - half, at.y - 5, at.x + half, at.y + 5] as const] : [];
        });
        boxes.forEach(([left, top, right, bottom], i) => {
          expect(left >= 0 && top >= 0 && right <= 200 && bottom <= 100).toBe(true);
          const touches = (other: readonly number[]) =>
            left < other[2]! && other[0]! < right && top < other[3]! && other[1]! < bottom;
          expect(boxes.slice(i + 1).some(touches)).toBe(false);
          expect(points.some(({ x, y }) => touches([x - 4, y - 4, x + 4, y + 4]))).toBe(false);
        });
      }),
    );
  });
});

describe("scatterPlot", () => {
  test("a point that is not finite is not drawn", async () => {
    expect(
      markers(
        await plot([
          { x: 1, y: 1 },
          { x: Number.NaN, y: 1 },
          { x: 2, y: Number.POSITIVE_INFINITY },
        ]),
      ),
    ).toBe(1);
    expect(
      markers(
        await plot(
          [
            { x: 1, y: 1 },
            { x: 2, y: 0 },
          ],
          { logY: true },
        ),
      ),
    ).toBe(1);
  });

  test("groups have a legend, colours and shapes of their own", async () => {
    const svg = await plot(["a", "b", "c"].map((group, i) => ({ x: i, y: i, group })));
    expect(drawnTexts(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(["a", "b", "c"]));
    const looks = [...svg.matchAll(/<path transform="[^"]*" d="([^"]*)" fill="(#\w+)"/g)].map(
      ([, shape, fill]) => `${shape} ${fill}`,
    );
    expect(new Set(looks).size).toBe(6); // three in the plot, three larger in the legend
  });

  test("labels without room are left out and counted", async () => {
    const svg = await plot(Array.from({ length: 50 }, (_, i) => ({ x: 1, y: 1, label: `label ${i}` })));
    const texts = drawnTexts(svg).map(({ text }) => text);
    const drawn = texts.filter((text) => text.startsWith("label")).length;
    expect(drawn).toBeGreaterThan(1);
    expect(texts).toContain(`${50 - drawn} of 50 labels left out for want of room`);
  });

  test("a trajectory joins its points in order, with a gap where one is missing, and ends larger", async () => {
    const y = [1, 2, 3, Number.NaN, 1, 2];
    const svg = await plot(
      y.map((value, i) => ({ x: i % 3, y: value })),
      { connect: true },
    );
    expect(lines(svg).length).toBe(2);
    expect(markers(svg)).toBe(5 + 1);
  });

  test("of many points those behind another of their group are left out", async () => {
    const points = Array.from({ length: 4000 }, (_, i) => ({ x: i % 10, y: 0, group: i % 4 < 2 ? "a" : "b" }));
    const expected = new Set(points.map(({ x, group }) => `${x} ${group}`)).size + 2; // and two in the legend
    expect(markers(await plot(points))).toBe(expected);
  });

  test("a long trajectory is drawn without the steps that stay where they are, and comes back where it does", async () => {
    const points = Array.from({ length: 9000 }, (_, i) => ({ x: Math.floor(i / 3000) % 2, y: 0 })); // 0, then 1, then 0
    const path = lines(await plot(points, { connect: true }))[0]!;
    expect(path.split("L").length).toBe(3);
  });

  test("says what is wrong", async () => {
    await expect(plot([])).rejects.toThrow("scatterPlot points: expected at least one, received none");
    await expect(plot([{ x: Number.NaN, y: 2 }])).rejects.toThrow(
      "expected a finite one, received none (first: NaN, 2)",
    );
  });
});
