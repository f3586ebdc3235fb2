import { UserError } from "@course/core";
import { decodeImage } from "@course/data";

/** A user's picture as the network takes it. */
export interface OwnImage {
  readonly pixels: Uint8Array; // [height, width, channels]
  /** What was changed, for the user; empty if nothing. */
  readonly changes: readonly string[];
}

/** Data sets that are light on a dark background, as ink on paper is not. */
const LIGHT_ON_DARK = new Set(["digits", "mnist", "fashion-mnist"]);

/**
 * Reads a picture and brings it to the network's size and colours. For digits and clothes a picture
 * with a light border is turned into its negative, since those data are light on dark.
 *
 * @throws UserError if it is no picture.
 */
export async function readOwnImage(file: string, shape: readonly number[], dataset: string): Promise<OwnImage> {
  const [height, width, channels] = shape as [number, number, 1 | 3];
  const refuse = (cause: Error) => {
    throw new UserError(`${file}: expected a picture (${cause.message})`, { cause });
  };
  const own = await decodeImage(file, { channels }).catch(refuse);
  const changes: string[] = [];
  const isOther = own.height !== height || own.width !== width;
  const { pixels } = isOther
    ? await decodeImage(file, { channels, size: { height, width, fit: "cover" } }).catch(refuse)
    : own;
  if (isOther) changes.push(`${own.width}×${own.height} pixels to ${width}×${height}`);
  if (LIGHT_ON_DARK.has(dataset) && borderMedian(pixels, shape) > 127) {
    pixels.forEach((value, i) => {
      pixels[i] = 255 - value;
    });
    changes.push("dark on light to light on dark");
  }
  return { pixels, changes };
}

function borderMedian(pixels: Uint8Array, [height, width, channels]: readonly number[]): number {
  const isBorder = (_: number, i: number) => {
    const [row, column] = [Math.floor(i / channels / width), Math.floor(i / channels) % width];
    return row === 0 || row === height - 1 || column === 0 || column === width - 1;
  };
  const border = Array.from(pixels)
    .filter(isBorder)
    .sort((a, b) => a - b);
  return border[Math.floor(border.length / 2)];
}
