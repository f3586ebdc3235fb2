export interface PngInfo {
  readonly width: number; // px
  readonly height: number; // px
  readonly channels: number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const CHANNELS_BY_COLOR_TYPE: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 }; // a palette holds RGB

/**
 * Size and channels of a PNG, from its header.
 *
 * @throws RangeError if the bytes are not a PNG.
 */
export function readPngInfo(png: Uint8Array): PngInfo {
  const isPng = png.length >= 26 && SIGNATURE.every((byte, i) => png[i] === byte);
  const channels = CHANNELS_BY_COLOR_TYPE[png[25] ?? -1];
  if (!isPng || channels === undefined)
    throw new RangeError(
      `image: expected the bytes of a PNG, received ${png.length} bytes that begin with [${png.subarray(0, 4).join(", ")}] (pixels, or an SVG? see svgToPng of @course/plots)`,
    );
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20), channels };
}
