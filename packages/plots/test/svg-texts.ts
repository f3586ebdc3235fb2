import { textWidth } from "../src/text.ts";

/** A drawn line of text with its corners in px of the figure. */
export interface DrawnText {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Neither upright nor lying: its rectangle is larger than the text. */
  readonly isSlanted: boolean;
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** Every line of text of a figure, found by walking its tags and multiplying their transforms. */
export function drawnTexts(svg: string): DrawnText[] {
  const texts: DrawnText[] = [];
  const stack: { matrix: Matrix; attributes: Map<string, string> }[] = [];
  const pattern = /<(\/?)(\w+)([^>]*?)(\/?)>([^<]*)/g;
  let at = { x: 0, y: 0 };
  for (const [, closing, name, rest, selfClosing, content] of svg.matchAll(pattern)) {
    if (closing) {
      stack.pop();
      continue;
    }
    const attributes = new Map(Array.from(rest!.matchAll(/([\w:-]+)="([^"]*)"/g), ([, key, value]) => [key!, value!]));
    const number = (key: string, other: number) => Number.parseFloat(attributes.get(key) ?? String(other));
    const parent = stack.at(-1);
    const matrix = multiply(parent?.matrix ?? IDENTITY, transformOf(attributes.get("transform") ?? ""));
    const inherited = name === "tspan" ? new Map([...parent!.attributes, ...attributes]) : attributes;
    if (name === "text") at = { x: number("x", 0), y: number("y", 0) };
    if (name === "tspan") at = { x: number("x", at.x), y: number("y", at.y) + number("dy", 0) };
    if ((name === "text" || name === "tspan") && content !== "")
      texts.push(cornersOf(content!, { inherited, matrix, at }));
    if (!selfClosing) stack.push({ matrix, attributes: inherited });
  }
  return texts;
}

interface Context {
  readonly inherited: ReadonlyMap<string, string>;
  readonly matrix: Matrix;
  readonly at: { readonly x: number; readonly y: number };
}

function cornersOf(content: string, { inherited, matrix, at }: Context): DrawnText {
  const text = content
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
  const fontSize = Number.parseFloat(inherited.get("font-size")!);
  const width = textWidth(text, fontSize, { bold: inherited.get("font-weight") === "bold" });
  const anchor = { start: 0, middle: 0.5, end: 1 }[inherited.get("text-anchor") ?? "start"]!;
  const left = at.x - anchor * width;
  const corners = [left, left + width].flatMap((x) =>
    [at.y - 0.75 * fontSize, at.y + 0.22 * fontSize].map((y) => apply(matrix, x, y)),
  );
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const isSlanted = Math.abs(matrix[0] * matrix[1]) > 0.01;
  return {
    text,
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
    isSlanted,
  };
}

function transformOf(transform: string): Matrix {
  return Array.from(transform.matchAll(/(\w+)\(([^)]*)\)/g)).reduce((matrix, [, kind, list]) => {
    const [first = 0, second = 0] = list!.split(/[ ,]+/).map(Number);
    if (kind === "translate") return multiply(matrix, [1, 0, 0, 1, first, second]);
    if (kind !== "rotate") throw new Error(`transformOf: unknown ${kind}`);
    const [cos, sin] = [Math.cos((first * Math.PI) / 180), Math.sin((first * Math.PI) / 180)];
    return multiply(matrix, [cos, sin, -sin, cos, 0, 0]);
  }, IDENTITY);
}

function multiply([a, b, c, d, e, f]: Matrix, [p, q, r, s, t, u]: Matrix): Matrix {
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

function apply([a, b, c, d, e, f]: Matrix, x: number, y: number) {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}
