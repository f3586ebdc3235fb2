import sharp from "sharp";

interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** A PNG of a rectangle of ink on paper, 200×300 by default. */
export async function drawing(
  ink: Rectangle,
  { paper = "#fafafa", pen = "#141414", height = 200, width = 300 } = {},
): Promise<Buffer> {
  const { top, left, ...size } = ink;
  const input = { create: { ...size, channels: 3 as const, background: pen } };
  return sharp({ create: { height, width, channels: 3, background: paper } })
    .composite([{ input, top, left }])
    .png()
    .toBuffer();
}
