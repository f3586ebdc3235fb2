import { placeTags, type Rectangle, TAG_HEIGHT, type Tag } from "./box-tags.ts";
import { escapeXml } from "./text.ts";

/** Corners in pixels of the picture, origin at its top left. */
export type Box = readonly [xMin: number, yMin: number, xMax: number, yMax: number];

export interface DrawnBox {
  readonly box: Box;
  readonly label?: string | undefined;
  readonly kind: "true" | "predicted";
}

/** Colour and dash of each kind: either alone tells them apart. */
export const BOX_STYLES = {
  true: { color: "#009e73", dash: "none" },
  predicted: { color: "#d55e00", dash: "6 4" },
} as const;

export const BOX_LINE = 2; // px
const CASING = 4; // px of the dark line below, which shows a box on pixels of its own colour

/** @throws RangeError if a corner is not finite or out of order. */
export function assertBoxes(what: string, boxes: readonly DrawnBox[]): void {
  boxes.forEach(({ box }, i) => {
    const [xMin, yMin, xMax, yMax] = box;
    if (box.length === 4 && box.every(Number.isFinite) && xMin <= xMax && yMin <= yMax) return;
    throw new RangeError(
      `${what} ${i}: expected [xMin, yMin, xMax, yMax] with min ≤ max, received [${box.join(", ")}]` +
        " (is it [x, y, width, height]?)",
    );
  });
}

export interface BoxCanvas {
  readonly width: number; // px of the drawn picture
  readonly height: number; // px
  readonly scale: number; // px drawn for each pixel of the picture
}

/**
 * Boxes over a picture whose top left is the origin. The middle of each line lies exactly on the
 * pixels' edge: the box [1, 1, 3, 3] encloses the pixels 1 and 2 both ways. True boxes lie below
 * predicted ones, whose gaps show them where both agree. What leaves the picture is cut off.
 */
export function drawBoxes(boxes: readonly DrawnBox[], { width, height, scale }: BoxCanvas): string {
  const margin = CASING / 2;
  const ordered = boxes.toSorted((a, b) => Number(a.kind === "predicted") - Number(b.kind === "predicted"));
  const places = ordered.map(({ box: [xMin, yMin, xMax, yMax], label, kind }) => ({
    rectangle: [xMin * scale, yMin * scale, xMax * scale, yMax * scale] as Rectangle,
    label: label ?? "",
    isBelow: kind === "predicted",
  }));
  const casings = places.map(({ rectangle }) => casing(rectangle));
  const lines = ordered.map(({ kind }, i) => line(places[i]!.rectangle, kind));
  const tags = placeTags(places, { width, height }).map((tag, i) =>
    tag === null ? "" : drawTag(tag, BOX_STYLES[ordered[i]!.kind].color),
  );
  const [w, h] = [width + 2 * margin, height + 2 * margin];
  return (
    `<svg x="${-margin}" y="${-margin}" width="${w}" height="${h}" viewBox="${-margin} ${-margin} ${w} ${h}">` +
    `<g fill="none" stroke-linejoin="miter">${casings.join("")}${lines.join("")}</g>${tags.join("")}</svg>`
  );
}

function casing(rectangle: Rectangle): string {
  return `<rect ${placed(rectangle)} stroke="#000" stroke-opacity="0.55" stroke-width="${CASING}"/>`;
}

function line(rectangle: Rectangle, kind: DrawnBox["kind"]): string {
  const { color, dash } = BOX_STYLES[kind];
  return `<rect ${placed(rectangle)} stroke="${color}" stroke-width="${BOX_LINE}" stroke-dasharray="${dash}"/>`;
}

function placed([left, top, right, bottom]: Rectangle): string {
  return `x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"`;
}

function drawTag({ text, rectangle }: Tag, color: string): string {
  const [left, top] = rectangle;
  return (
    `<rect ${placed(rectangle)} fill="#000" fill-opacity="0.8"/>` +
    `<rect ${placed([left, top, left + 3, top + TAG_HEIGHT])} fill="${color}"/>` +
    `<text x="${left + 5}" y="${top + TAG_HEIGHT - 3.5}" font-size="10" fill="#fff">${escapeXml(text)}</text>`
  );
}
