export interface DecodeOptions {
  /** 1 turns colour into grey, 3 repeats grey; transparency becomes white. */
  readonly channels: 1 | 3;
  /** Size to bring the picture to; its own size where left out. "inside": at most so large, its proportions kept. */
  readonly size?:
    | { readonly height: number; readonly width: number; readonly fit: "cover" | "contain" | "fill" | "inside" }
    | undefined;
}

/**
 * Decodes a PNG, JPEG, WebP, GIF, TIFF or AVIF (the first frame), turned as its EXIF data say.
 *
 * @param picture a path, or a file's bytes.
 * @returns pixels row-major [height, width, channels], 0–255.
 * @throws Error with sharp's reason where the picture cannot be decoded.
 */
export async function decodeImage(picture: string | Uint8Array, { channels, size }: DecodeOptions) {
  const { default: sharp } = await import("sharp");
  let pipeline = sharp(picture, { failOn: "truncated" }).autoOrient().flatten({ background: "white" });
  if (size) {
    const withoutEnlargement = size.fit === "inside";
    pipeline = pipeline.resize({ ...size, withoutEnlargement, kernel: "lanczos3", background: "white" });
  }
  const { data, info } = await pipeline
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: new Uint8Array(data), height: info.height, width: info.width, channels };
}

/** Of a picture before it is decoded, turned as its EXIF data say. @throws Error with sharp's reason if it is none */
export async function imageSize(picture: string | Uint8Array): Promise<readonly [height: number, width: number]> {
  const { default: sharp } = await import("sharp");
  const { autoOrient } = await sharp(picture).metadata();
  return [autoOrient.height, autoOrient.width];
}
