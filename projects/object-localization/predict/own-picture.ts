import { UserError } from "@course/core";
import { decodeImage } from "@course/data";
import type { Box } from "@course/metrics";
import sharp from "sharp";

const LARGEST = 1024; // a photo of a telephone has more pixels than a box needs
const FULL_CONTRAST = 128; // of 255 levels: a picture that is fainter is stretched to it

/** Bytes, row after row. */
interface Levels {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/** A user's picture, and what the network sees of it. */
export interface OwnPicture {
  /** Colour [height, width, 3], for drawing. */
  readonly shown: Levels;
  /** Of the picture itself; `shown` may be smaller. */
  readonly fullWidth: number;
  /** [network's height, network's width] bytes, light on dark. */
  readonly seen: Uint8Array;
  /** From a box on what the network sees to one on the picture. */
  readonly toPicture: (box: Box) => Box;
  /** What was changed, for the user; empty if nothing. */
  readonly changes: string;
}

/**
 * Brings a picture of any size and colours to what the network was trained on: grey, light on dark,
 * as large as its images, with black beside it where the proportions differ. One that is so already
 * stays as it is.
 *
 * @throws UserError if it is no picture, or one of a single colour
 */
export async function readPicture(file: string, [height, width]: readonly [number, number]): Promise<OwnPicture> {
  const decode = (channels: 1 | 3) =>
    decodeImage(file, { channels }).catch((cause) => {
      throw new UserError(`${file}: expected a picture (${(cause as Error).message.split("\n")[0]})`, { cause });
    });
  const [grey, colour] = await Promise.all([decode(1), decode(3)]);
  const { drawing, isInverted } = lightOnDark(file, grey);
  const scale = Math.min(height / grey.height, width / grey.width);
  const [tall, wide] = [grey.height, grey.width].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  const [top, left] = [Math.floor((height - tall) / 2), Math.floor((width - wide) / 2)];
  const isSame = tall === grey.height && wide === grey.width;
  const small = isSame ? drawing : await resize(drawing, tall, wide);
  const seen = new Uint8Array(height * width);
  for (let y = 0; y < tall; y++) seen.set(small.pixels.subarray(y * wide, (y + 1) * wide), (top + y) * width + left);
  const isColoured = colour.pixels.some((value, i) => value !== grey.pixels[Math.floor(i / 3)]);
  const steps = [
    ...(isSame ? [] : [`${grey.height}×${grey.width} to ${tall}×${wide} pixels`]),
    ...(tall === height && wide === width ? [] : [`black around it to ${height}×${width}`]),
    ...(isColoured ? ["colour to grey"] : []),
    ...(isInverted ? ["dark on light to light on dark"] : []),
  ];
  const [perX, perY] = [grey.width / wide, grey.height / tall];
  return {
    shown: await forDrawing(colour),
    fullWidth: grey.width,
    seen,
    toPicture: ([xMin, yMin, xMax, yMax]) =>
      [
        ...[(xMin - left) * perX, (yMin - top) * perY].map((corner) => Math.max(0, corner)),
        ...[Math.min((xMax - left) * perX, grey.width), Math.min((yMax - top) * perY, grey.height)],
      ] as unknown as Box,
    changes: steps.join(", "),
  };
}

/** The background is what most of the border is. A light one becomes dark, and a faint drawing is stretched. */
function lightOnDark(file: string, { pixels, height, width }: Levels): { drawing: Levels; isInverted: boolean } {
  const border = Array.from(pixels).filter((_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    return y === 0 || x === 0 || y === height - 1 || x === width - 1;
  });
  const background = border.sort((a, b) => a - b)[border.length >> 1]!;
  const ink = pixels.map((value) => Math.abs(value - background));
  const strongest = ink.reduce((most, value) => Math.max(most, value), 0);
  if (strongest === 0) throw new UserError(`${file}: expected something on a background, received one colour`);
  const isInverted = background >= 128;
  if (!isInverted && strongest >= FULL_CONTRAST) return { drawing: { pixels, height, width }, isInverted };
  const stretched = ink.map((value) => Math.round((255 * value) / Math.max(strongest, FULL_CONTRAST / 2)));
  return { drawing: { pixels: stretched, height, width }, isInverted };
}

async function resize({ pixels, height, width }: Levels, tall: number, wide: number): Promise<Levels> {
  const { data } = await sharp(pixels, { raw: { height, width, channels: 1 } })
    .resize({ height: tall, width: wide, fit: "fill", kernel: "lanczos3" })
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: new Uint8Array(data), height: tall, width: wide };
}

/** No larger than it need be to draw a box on. */
async function forDrawing({ pixels, height, width }: Levels): Promise<Levels> {
  if (Math.max(height, width) <= LARGEST) return { pixels, height, width };
  const { data, info } = await sharp(pixels, { raw: { height, width, channels: 3 } })
    .resize({ height: LARGEST, width: LARGEST, fit: "inside" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: new Uint8Array(data), height: info.height, width: info.width };
}
