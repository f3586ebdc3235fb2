import type { Levels } from "./decode-picture.ts";

/** A rectangle in pixels. */
export interface Region {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Part of a grey picture [height, width], by default the whole, in another size. */
export async function resizeGrey(
  { pixels, height, width }: Levels,
  size: { readonly height: number; readonly width: number },
  part: Region = { top: 0, left: 0, height, width },
): Promise<Levels> {
  const { default: sharp } = await import("sharp");
  const data = await sharp(pixels, { raw: { height, width, channels: 1 } })
    .extract(part)
    .resize({ height: size.height, width: size.width, fit: "fill", kernel: "lanczos3" })
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  return { pixels: new Uint8Array(data), height: size.height, width: size.width };
}
