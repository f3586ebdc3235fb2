import { type CentredInkOptions, centreInk } from "./centred-ink.ts";
import { decodePicture, type Picture, pictureSize } from "./decode-picture.ts";
import { findInk, stretchInk } from "./ink.ts";

/** How the makers of a data set prepared it (LeCun et al., 1998; Xiao et al., 2017), on an image of 28×28. */
const PREPARATIONS: Readonly<Record<string, Pick<CentredInkOptions, "longest" | "centre">>> = {
  digits: { longest: 20, centre: "mass" },
  mnist: { longest: 20, centre: "mass" },
  "fashion-mnist": { longest: 28, centre: "box" },
};
const SIDE = 28;

export interface ClassPictureOptions {
  /** What the network was trained on: "digits", "mnist", "fashion-mnist", or any other name. */
  readonly dataset: string;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

export interface ClassPicture {
  /** [height, width, channels] bytes. */
  readonly pixels: Uint8Array;
  /** What was changed, to be told to the user; empty if nothing. */
  readonly changes: readonly string[];
}

/**
 * A picture of one thing as the network's training data are. As digits or clothes, which are light on
 * black: an even background becomes black, what is drawn on it is cropped, scaled and centred, be it dark
 * on light or light on dark. As a folder's pictures: the size filled, what is too long cut off.
 *
 * @throws UserError if it is no picture, or as a digit one of a single colour
 */
export function readClassPicture(picture: Picture, options: ClassPictureOptions): Promise<ClassPicture> {
  const preparation = options.channels === 1 ? PREPARATIONS[options.dataset] : undefined;
  if (preparation === undefined) return readWhole(picture, options);
  const longest = Math.round((preparation.longest * Math.min(options.height, options.width)) / SIDE);
  return readDrawn(picture, { ...options, ...preparation, longest });
}

/** As `loadImageFolder` reads the pictures of a folder. */
async function readWhole(picture: Picture, { height, width, channels }: ClassPictureOptions): Promise<ClassPicture> {
  const [ownHeight, ownWidth] = await pictureSize(picture);
  const { pixels } = await decodePicture(picture, { channels, size: { height, width, fit: "cover" } });
  const isSame = ownHeight === height && ownWidth === width;
  return { pixels, changes: isSame ? [] : [`${ownHeight}×${ownWidth} to ${height}×${width} pixels (height×width)`] };
}

async function readDrawn(picture: Picture, options: CentredInkOptions): Promise<ClassPicture> {
  const grey = await decodePicture(picture, { channels: 1 });
  const ink = findInk(picture, grey);
  const pixels = await centreInk({ ...grey, pixels: stretchInk(ink) }, options);
  const { height, width, longest } = options;
  const cropped = `cropped to what is drawn, ${longest} pixels long in the middle of ${height}×${width}`;
  return { pixels, changes: ink.isDarkOnLight ? [cropped, "dark on light to light on dark"] : [cropped] };
}
