import { cleanText, shorten, textWidth } from "./text.ts";

export type Rectangle = readonly [left: number, top: number, right: number, bottom: number];

export const TAG_HEIGHT = 13; // px
const FONT_SIZE = 10; // px
const PADDING = 8; // px left and right together

export interface TaggedBox {
  readonly rectangle: Rectangle; // px
  readonly label: string;
  /** Rather below its box than above it. */
  readonly isBelow: boolean;
}

export interface Tag {
  readonly text: string;
  readonly rectangle: Rectangle;
}

interface Area {
  readonly width: number; // px
  readonly height: number; // px
}

/**
 * Places for the boxes' labels inside the picture, none over another: above, below or within its
 * box, else in the first free line. A label for which nothing is free is left out (`null`), as is
 * an empty one.
 */
export function placeTags(boxes: readonly TaggedBox[], area: Area): (Tag | null)[] {
  const taken: Rectangle[] = [];
  return boxes.map((box) => {
    if (box.label === "") return null;
    const text = shorten(cleanText(box.label), FONT_SIZE, area.width - PADDING);
    const width = Math.ceil(textWidth(text, FONT_SIZE)) + PADDING;
    const rectangle = candidates(box, width, area).find((candidate) => isFree(candidate, taken, area));
    if (rectangle === undefined) return null;
    taken.push(rectangle);
    return { text, rectangle };
  });
}

function candidates(
  { rectangle: [left, top, right, bottom], isBelow }: TaggedBox,
  width: number,
  area: Area,
): Rectangle[] {
  const at = (x: number, y: number): Rectangle => {
    const inside = Math.max(0, Math.min(x, area.width - width));
    return [inside, y, inside + width, y + TAG_HEIGHT];
  };
  const above = [at(left - 1, top - TAG_HEIGHT - 2), at(right + 1 - width, top - TAG_HEIGHT - 2)];
  const below = [at(left - 1, bottom + 2), at(right + 1 - width, bottom + 2)];
  const within = [at(left + 2, top + 2), at(left + 2, bottom - TAG_HEIGHT - 2)];
  const lines = Array.from({ length: Math.floor(area.height / TAG_HEIGHT) }, (_, i) => at(left, i * TAG_HEIGHT));
  return [...(isBelow ? [...below, ...above] : [...above, ...below]), ...within, ...lines];
}

function isFree([left, top, right, bottom]: Rectangle, taken: readonly Rectangle[], { width, height }: Area): boolean {
  if (left < 0 || top < 0 || right > width || bottom > height) return false;
  return taken.every((other) => right <= other[0] || left >= other[2] || bottom <= other[1] || top >= other[3]);
}
