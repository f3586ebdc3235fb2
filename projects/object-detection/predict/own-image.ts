import { UserError } from "@course/core";
import { decodeImage } from "@course/data";
import type { Box } from "@course/metrics";

/** A user's picture as the network takes it, and the way back. */
export interface OwnImage {
  readonly pixels: Uint8Array; // [height, width] of the network
  /** Size of the user's picture. */
  readonly ownSize: readonly [height: number, width: number];
  /** A box on the network's image → on the user's picture, cut off at its edge. */
  readonly toOwn: (box: Box) => Box;
  /** What was changed, for the user; empty if nothing. */
  readonly changes: readonly string[];
}

/**
 * Reads a picture as grey levels, light on dark as the training scenes are (dark on light is turned into its
 * negative), and fits it into height × width pixels: its sides keep their ratio, and the border's shade
 * fills the rest.
 *
 * @throws UserError if it is no picture
 */
export async function readOwnImage(file: string, [height, width]: readonly [number, number]): Promise<OwnImage> {
  const refuse = (cause: Error) => {
    throw new UserError(`${file}: expected a picture (${cause.message})`, { cause });
  };
  const own = await decodeImage(file, { channels: 1 }).catch(refuse);
  const scale = Math.min(height / own.height, width / own.width);
  const fitted = {
    height: Math.max(1, Math.round(own.height * scale)),
    width: Math.max(1, Math.round(own.width * scale)),
  };
  const isOther = own.height !== height || own.width !== width;
  const small = isOther
    ? await decodeImage(file, { channels: 1, size: { ...fitted, fit: "fill" } }).catch(refuse)
    : own;
  const changes = isOther ? [`${own.width}×${own.height} pixels to ${width}×${height}`] : [];
  const paper = borderMedian(small.pixels, small);
  const isDarkOnLight = paper > 127;
  if (isDarkOnLight) changes.push("dark on light to light on dark");
  const [top, left] = [Math.floor((height - small.height) / 2), Math.floor((width - small.width) / 2)];
  const shade = (value: number) => (isDarkOnLight ? 255 - value : value);
  const pixels = new Uint8Array(height * width).fill(shade(paper));
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      pixels[(top + y) * width + left + x] = shade(small.pixels[y * small.width + x]);
  const inside = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const toOwn = ([xMin, yMin, xMax, yMax]: Box): Box => {
    const [right, down] = [own.width / small.width, own.height / small.height];
    const x = (value: number) => inside((value - left) * right, own.width);
    const y = (value: number) => inside((value - top) * down, own.height);
    return [x(xMin), y(yMin), x(xMax), y(yMax)];
  };
  return { pixels, ownSize: [own.height, own.width], toOwn, changes };
}

function borderMedian(pixels: Uint8Array, { height, width }: { height: number; width: number }): number {
  const isBorder = (_: number, i: number) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return row === 0 || row === height - 1 || column === 0 || column === width - 1;
  };
  const border = Array.from(pixels)
    .filter(isBorder)
    .sort((a, b) => a - b);
  return border[Math.floor(border.length / 2)];
}
