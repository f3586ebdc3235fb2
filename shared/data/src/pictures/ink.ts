import { UserError } from "@course/core";
import { type Levels, nameOf, type Picture } from "./decode-picture.ts";

/** What stands out from a picture's background, whichever of the two is the lighter. */
export interface Ink {
  /** [height, width]: how far each pixel is from the background, in levels. */
  readonly distances: Uint8Array;
  /** Above 0. */
  readonly strongest: number;
  /** Of the border's levels the middle one, so what most of the border is. */
  readonly background: number;
  readonly isDarkOnLight: boolean;
}

/** @param picture for the message @throws UserError for a picture of one colour */
export function findInk(picture: Picture, { pixels, height, width }: Levels): Ink {
  const border = pixels.filter((_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return row === 0 || row === height - 1 || column === 0 || column === width - 1;
  });
  const background = border.sort()[border.length >> 1];
  const distances = pixels.map((value) => Math.abs(value - background));
  const strongest = distances.reduce((most, value) => Math.max(most, value), 0);
  if (strongest === 0)
    throw new UserError(`${nameOf(picture)}: expected something on a background, received one colour`);
  return { distances, strongest, background, isDarkOnLight: background >= 128 };
}

/** Light on black, the strongest ink 255; ink that is fainter than `faintest` levels stays below. */
export function stretchInk({ distances, strongest }: Ink, faintest = 1): Uint8Array {
  return distances.map((value) => Math.round((255 * value) / Math.max(strongest, faintest)));
}
