import { describe, expect, test, vi } from "vitest";
import { svgToPng } from "../src/index.ts";
import { figures } from "./figures.ts";
import { drawnTexts } from "./svg-texts.ts";

describe.each(Object.entries(figures))("%s", (name, draw) => {
  test("looks as it did", async () => {
    await expect(await draw()).toMatchFileSnapshot(`./__snapshots__/${name}.svg`);
  });

  test("is the same again, also beside other figures", async () => {
    const [alone, ...together] = [await draw(), ...(await Promise.all([draw(), figures.histogram!(), draw()]))];
    expect(together[0]).toBe(alone);
    expect(together[2]).toBe(alone);
  });

  test("is a well-formed file that needs nothing else", async () => {
    const svg = await draw();
    await expect(svgToPng(svg)).resolves.toBeInstanceOf(Uint8Array); // resvg refuses broken XML
    expect(svg).toMatch(/^<svg xmlns="[^"]+" role="img" width="(\d+)" height="(\d+)" viewBox="0 0 \1 \2"/);
    expect(svg).toMatch(/<title>[^<]+<\/title><desc>[^<]+<\/desc>/);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|<script|@import|<foreignObject|\son\w+=/,
    );
    const attributes = svg
      .replace(/base64,[^"]+/g, "")
      .match(/<[^>]+>/g)!
      .join("");
    expect(attributes).not.toMatch(/NaN|Infinity|undefined|null|\[object|aria-|class=/);
    for (const [, target] of svg.matchAll(/(?:href="|url\()([^")]+)/g))
      expect(target).toMatch(/^(#|data:image\/png;base64,)/);
  });

  test("keeps its texts inside and apart", async () => {
    const svg = await draw();
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number);
    const texts = drawnTexts(svg);
    expect(texts.length).toBeGreaterThan(1);
    for (const { text, left, top, right, bottom } of texts) {
      expect(Math.min(left, top), text).toBeGreaterThanOrEqual(-1);
      expect(right, text).toBeLessThanOrEqual(width! + 1);
      expect(bottom, text).toBeLessThanOrEqual(height! + 1);
    }
    expect(overlaps(texts)).toEqual([]);
  });

  test("draws without a warning", async () => {
    const warn = vi.spyOn(console, "warn");
    await draw();
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

function overlaps(texts: ReturnType<typeof drawnTexts>): string[] {
  const level = texts.filter(({ isSlanted }) => !isSlanted);
  return level.flatMap((a, i) =>
    level
      .slice(i + 1)
      .filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      .map((b) => `${a.text} | ${b.text}`),
  );
}
