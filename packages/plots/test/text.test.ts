import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAlike, formatNumber } from "../src/format.ts";
import { cleanText, escapeXml, shorten, textWidth, wrap } from "../src/text.ts";

const { resolve } = createRequire(import.meta.url);

/** Width as resvg draws it, between two bars, so that blanks at the ends count. */
function drawnWidth(text: string, file: string): number {
  const box = (content: string) => {
    const element = `<text x="99" y="2000" xml:space="preserve" font-size="1000">${escapeXml(content)}</text>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="99999" height="3000">${element}</svg>`;
    const fontFiles = [resolve(`dejavu-fonts-ttf/ttf/${file}`)];
    return new Resvg(svg, { font: { loadSystemFonts: false, fontFiles, defaultFontFamily: "DejaVu Sans" } }).getBBox()!
      .width;
  };
  return box(`|${text}|`) - box("||");
}

describe("textWidth", () => {
  test("each letter is as wide as in the font file", () => {
    for (let code = 33; code < 127; code++) {
      const letter = String.fromCharCode(code);
      expect(Math.abs(textWidth(letter, 1000) - drawnWidth(letter, "DejaVuSans.ttf")), letter).toBeLessThan(1);
    }
  });

  test.each(["Validation accuracy by learning rate", "Weights of the first layer", "IoU 0.71, true: T-shirt/top"])(
    "bold %j is right within 5 %%",
    (text) => {
      const ratio = textWidth(text, 1000, { bold: true }) / drawnWidth(text, "DejaVuSans-Bold.ttf");
      expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
    },
  );

  test("grows with the font size; nothing is nothing", () => {
    expect(textWidth("abc", 20)).toBeCloseTo(2 * textWidth("abc", 10), 12);
    expect(textWidth("", 10)).toBe(0);
    expect(textWidth("漢", 10)).toBe(10); // as wide as high
  });
});

describe("shorten and wrap", () => {
  test("what fits stays; else the middle goes", () => {
    expect(shorten("Trouser", 11, 200)).toBe("Trouser");
    expect(shorten("optimizer of the experiment number 12", 11, 130)).toMatch(/^optimi.*….*12$/);
  });

  test("never wider than asked, whatever the text", () =>
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 12, max: 300 }), (text, width) => {
        expect(textWidth(shorten(text, 11, width), 11)).toBeLessThanOrEqual(width);
        const lines = wrap(text, 11, { width, maxLines: 2 });
        expect(lines.length).toBeLessThanOrEqual(2);
        for (const line of lines) expect(textWidth(line, 11)).toBeLessThanOrEqual(width);
      }),
    ));

  test("breaks at spaces and loses no word that fits", () => {
    const lines = wrap("one two three four", 10, { width: 50 });
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(" ")).toBe("one two three four");
    expect(wrap("", 10, { width: 50 })).toEqual([]);
  });
});

test("escapeXml leaves nothing that XML refuses or reads as a tag", () => {
  expect(escapeXml(`<b> & "q"`)).toBe("&lt;b&gt; &amp; &quot;q&quot;");
  expect(cleanText("a\n\tb")).toBe("a b");
  expect(cleanText("\u0000\u0007x\ud800\ufffe")).toBe("\ufffd\ufffdx\ufffd\ufffd");
});

describe("numbers", () => {
  test.each([
    [0, "0"],
    [0.88456, "0.8846"],
    [0.5, "0.5"],
    [12345.678, "12,346"],
    [-3, "−3"],
    [1234567, "1,234,567"],
    [0.0000123, "1.23e-5"],
    [25_000_000, "2.5e7"],
    [Number.NaN, "NaN"],
  ])("%d is written %s", (value, text) => expect(formatNumber(value)).toBe(text));

  test.each([
    [
      [0.884, 0.1],
      ["0.884", "0.100"],
    ],
    [
      [-0.25, 0.5, Number.NaN],
      ["−0.25", "0.50", "NaN"],
    ],
    [
      [12, 3],
      ["12", "3"],
    ],
    [
      [0.5, 1e-9],
      ["0.5", "1e-9"],
    ], // equal decimals would turn the second into zero
  ])("%j side by side", (values, texts) => expect(formatAlike(values)).toEqual(texts));
});
