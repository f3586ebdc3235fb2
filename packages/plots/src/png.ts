import { assertShape } from "@course/core";

/** A picture of bytes: `pixels` [height, width, channels], grey or red, green, blue. */
export interface Picture {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/** @throws ShapeError if the pixels are not [height, width, channels]; RangeError for a size that is no whole number from 1 up, or other channels. */
export function assertPicture(what: string, { pixels, height, width, channels }: Picture): void {
  if (![height, width].every((size) => Number.isInteger(size) && size >= 1) || (channels !== 1 && channels !== 3))
    throw new RangeError(
      `${what}: expected whole height and width from 1 up and 1 or 3 channels, received [${height}, ${width}, ${channels}]`,
    );
  assertShape(`${what} pixels [${height}, ${width}, ${channels}]`, [pixels.length], {
    height·width·channels: height * width * channels,
  });
}

/**
 * The picture as a PNG inside a `data:` address. Its bytes are stored, not compressed: the same
 * from every version of zlib, and small beside the rest at the sizes shown here.
 */
export async function pngDataUri({ pixels, height, width, channels }: Picture): Promise<string> {
  const { PNG } = await import("pngjs");
  const png = new PNG({ width, height });
  png.data = Buffer.from(pixels);
  const colorType = channels === 1 ? 0 : 2;
  const bytes = PNG.sync.write(png, {
    colorType,
    inputColorType: colorType,
    inputHasAlpha: false,
    deflateLevel: 0,
    filterType: 0,
  });
  return `data:image/png;base64,${bytes.toString("base64")}`;
}
