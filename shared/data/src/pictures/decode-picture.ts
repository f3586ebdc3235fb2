import { UserError } from "@course/core";
import { type DecodeOptions, decodeImage, imageSize } from "../images/decode.ts";

const LARGEST = 1024; // pixels of the longer side: a telephone's photo has more than a drawing or a box needs

/** A path, or a file's bytes. */
export type Picture = string | Uint8Array;

/** Bytes, row-major [height, width] or [height, width, 3]. */
export interface Levels {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

/** As `decodeImage`; without a size the picture's own, but at most 1024 pixels long. @throws UserError if it is no picture */
export async function decodePicture(picture: Picture, { channels, size }: DecodeOptions): Promise<Levels> {
  const { pixels, height, width } = await decodeImage(picture, {
    channels,
    size: size ?? { height: LARGEST, width: LARGEST, fit: "inside" },
  }).catch((cause) => refuse(picture, cause));
  return { pixels, height, width };
}

/** Of the whole picture, turned as its EXIF data say. @throws UserError if it is no picture */
export function pictureSize(picture: Picture): Promise<readonly [height: number, width: number]> {
  return imageSize(picture).catch((cause) => refuse(picture, cause));
}

/** For messages. */
export function nameOf(picture: Picture): string {
  return typeof picture === "string" ? picture : "picture";
}

function refuse(picture: Picture, cause: Error): never {
  throw new UserError(`${nameOf(picture)}: expected a picture (${cause.message.split("\n")[0]})`, { cause });
}
