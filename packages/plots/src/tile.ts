import { assertBoxes, type DrawnBox, drawBoxes } from "./boxes.ts";
import { assertPicture, type Picture, pngDataUri } from "./png.ts";
import { cleanText, escapeXml, wrap } from "./text.ts";
import { TONE_COLORS } from "./theme.ts";

export interface GridImage extends Picture {
  readonly caption?: string | undefined;
  /** Whether what the caption says is right: a tick or a cross before it and a frame, solid or dashed. */
  readonly tone?: "good" | "bad" | undefined;
  readonly boxes?: readonly DrawnBox[] | undefined;
}

/** A picture with its frame, boxes and caption, ready to be placed. */
export interface Tile {
  readonly height: number; // px of the drawn picture
  readonly picture: string;
  readonly caption: string;
  readonly captionHeight: number; // px
}

export interface TileOptions {
  readonly scale: number;
  readonly captionWidth: number; // px
}

const FONT_SIZE = 11; // px
const LINE_HEIGHT = 14; // px
const ICON_WIDTH = 14; // px

export function assertImage(what: string, image: GridImage): void {
  assertPicture(what, image);
  assertBoxes(`${what} box`, image.boxes ?? []);
}

/** SVG of one picture, each pixel drawn as `scale` by `scale` px without smoothing. */
export async function drawTile(image: GridImage, { scale, captionWidth }: TileOptions): Promise<Tile> {
  const [width, height] = [image.width * scale, image.height * scale];
  const pixels = `<image width="${width}" height="${height}" preserveAspectRatio="none" style="image-rendering:pixelated" href="${await pngDataUri(image)}"/>`;
  const boxes = image.boxes?.length ? drawBoxes(image.boxes, { width, height, scale }) : "";
  const lines = captionLines(image, captionWidth);
  const isEmpty = lines.length === 0 && image.tone === undefined;
  return {
    height,
    picture: pixels + frame(image.tone, width, height) + boxes,
    caption: icon(image.tone) + text(lines, image.tone ? ICON_WIDTH : 0),
    captionHeight: isEmpty ? 0 : Math.max(1, lines.length) * LINE_HEIGHT,
  };
}

function captionLines({ caption = "", tone }: GridImage, width: number): string[] {
  return wrap(cleanText(caption), FONT_SIZE, { width: tone ? width - ICON_WIDTH : width });
}

function frame(tone: GridImage["tone"], width: number, height: number): string {
  const around = (gap: number) =>
    `x="${-gap}" y="${-gap}" width="${width + 2 * gap}" height="${height + 2 * gap}" fill="none"`;
  if (tone === undefined) return `<rect ${around(0.5)} stroke="currentColor" stroke-opacity="0.3"/>`;
  const dash = tone === "bad" ? ' stroke-dasharray="5 3"' : "";
  return `<rect ${around(2)} stroke="${TONE_COLORS[tone]}" stroke-width="2"${dash}/>`;
}

function icon(tone: GridImage["tone"]): string {
  if (tone === undefined) return "";
  const path = tone === "good" ? "M1,7l3,3l5,-8" : "M1.5,3l7,7m0,-7l-7,7";
  return `<path d="${path}" fill="none" stroke="${TONE_COLORS[tone]}" stroke-width="2"/>`;
}

function text(lines: readonly string[], indent: number): string {
  const spans = lines.map((line, i) => `<tspan x="${indent}" y="${10 + i * LINE_HEIGHT}">${escapeXml(line)}</tspan>`);
  return lines.length > 0 ? `<text font-size="${FONT_SIZE}" fill="currentColor">${spans.join("")}</text>` : "";
}
