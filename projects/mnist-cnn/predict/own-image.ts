import { UserError } from "@course/core";
import sharp from "sharp";

export interface Preparation {
  /** Pixels of the longer side of what is drawn. */
  readonly longest: number;
  /** What comes to the middle of the image: the ink's centre of mass, or the middle of its box. */
  readonly centre: "mass" | "box";
}

/** How the makers of a data set prepared it (LeCun et al., 1998; Xiao et al., 2017). */
export const PREPARATIONS: Readonly<Record<string, Preparation>> = {
  digits: { longest: 20, centre: "mass" },
  mnist: { longest: 20, centre: "mass" },
  "fashion-mnist": { longest: 28, centre: "box" },
};

const SIDE = 28;
const LARGEST = 1024; // a photo of a telephone has more pixels than anything here needs
const INK = 0.25; // of the darkest: what is fainter is paper, shadow, or the camera's noise

/** Grey levels [height, width]: 0 is paper, 255 the strongest ink. */
interface Drawing {
  readonly ink: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/**
 * A picture of one thing on an even background, dark on light or light on dark, as the data set
 * would have it: white on black, cropped, scaled, centred.
 *
 * @param picture a path, or a file's bytes
 * @returns [28, 28] bytes
 * @throws UserError if it is no picture, or one of a single colour
 */
export async function prepare(picture: string | Uint8Array, { longest, centre }: Preparation): Promise<Uint8Array> {
  const drawing = await readDrawing(picture);
  const box = inkBox(drawing);
  if (!box) throw new UserError(`${nameOf(picture)}: expected something drawn on a background, received one colour`);
  const scale = longest / Math.max(box.height, box.width);
  const [height, width] = [box.height, box.width].map((side) => Math.max(1, Math.round(side * scale)));
  const { data } = await sharp(drawing.ink, { raw: { height: drawing.height, width: drawing.width, channels: 1 } })
    .extract(box)
    .resize({ height: height!, width: width!, fit: "fill", kernel: "lanczos3" })
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return place({ ink: new Uint8Array(data), height: height!, width: width! }, centre);
}

/** The background is what most of the border is; ink is how far a pixel is from it. */
async function readDrawing(picture: string | Uint8Array): Promise<Drawing> {
  const { data, info } = await sharp(picture, { failOn: "truncated" })
    .autoOrient()
    .resize({ height: LARGEST, width: LARGEST, fit: "inside", withoutEnlargement: true })
    .flatten({ background: "white" })
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause) => {
      throw new UserError(`${nameOf(picture)}: expected a picture (${cause.message})`, { cause });
    });
  const { height, width } = info;
  const border = Array.from(data).filter((_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return row === 0 || row === height - 1 || column === 0 || column === width - 1;
  });
  const background = border.sort((a, b) => a - b)[Math.floor(border.length / 2)]!;
  const distance = data.map((value) => Math.abs(value - background));
  const farthest = Math.max(
    1,
    distance.reduce((most, value) => Math.max(most, value), 0),
  );
  return { ink: Uint8Array.from(distance, (value) => (255 * value) / farthest), height, width };
}

function inkBox({ ink, height, width }: Drawing) {
  const isInk = (row: number, column: number) => ink[row * width + column]! >= 255 * INK;
  const range = (length: number) => Array.from({ length }, (_, i) => i);
  const rows = range(height).filter((row) => range(width).some((column) => isInk(row, column)));
  const columns = range(width).filter((column) => range(height).some((row) => isInk(row, column)));
  const [top, left] = [rows[0], columns[0]];
  if (top === undefined || left === undefined) return undefined;
  return { top, left, height: rows.at(-1)! - top + 1, width: columns.at(-1)! - left + 1 };
}

/** Puts the drawing onto an empty image; what would lie outside is cut off. */
function place({ ink, height, width }: Drawing, centre: Preparation["centre"]): Uint8Array {
  let [row, column, middle] = [(height - 1) / 2, (width - 1) / 2, (SIDE - 1) / 2];
  if (centre === "mass") {
    const total = ink.reduce((sum, value) => sum + value, 0);
    row = ink.reduce((sum, value, i) => sum + value * Math.floor(i / width), 0) / total;
    column = ink.reduce((sum, value, i) => sum + value * (i % width), 0) / total;
    middle = SIDE / 2; // as MNIST has it: the mean over its digits is 14.0 in both directions
  }
  const [down, right] = [Math.round(middle - row), Math.round(middle - column)];
  const image = new Uint8Array(SIDE * SIDE);
  ink.forEach((value, i) => {
    const [y, x] = [Math.floor(i / width) + down, (i % width) + right];
    if (y >= 0 && y < SIDE && x >= 0 && x < SIDE) image[y * SIDE + x] = value;
  });
  return image;
}

function nameOf(picture: string | Uint8Array): string {
  return typeof picture === "string" ? picture : "picture";
}
