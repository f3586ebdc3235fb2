import type { Levels } from "./decode-picture.ts";
import { type Region, resizeGrey } from "./resize-grey.ts";

const FAINT = 0.25; // of the strongest ink: what is fainter is paper, shadow, or the camera's noise

export interface CentredInkOptions {
  readonly height: number;
  readonly width: number;
  /** Pixels of the longer side of what is drawn. */
  readonly longest: number;
  /** What comes to the middle of the image: the ink's centre of mass, or the middle of its box. */
  readonly centre: "mass" | "box";
}

/** Crops ink [height, width], 0 to 255, to what is drawn, scales it and puts it into the middle of an empty image. */
export async function centreInk(ink: Levels, options: CentredInkOptions): Promise<Uint8Array> {
  const box = inkBox(ink);
  const scale = options.longest / Math.max(box.height, box.width);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return place(await resizeGrey(ink, { height: side(box.height), width: side(box.width) }, box), options);
}

function inkBox({ pixels, height, width }: Levels): Region {
  const isInk = (row: number, column: number) => pixels[row * width + column] >= 255 * FAINT;
  const range = (length: number) => Array.from({ length }, (_, i) => i);
  const rows = range(height).filter((row) => range(width).some((column) => isInk(row, column)));
  const columns = range(width).filter((column) => range(height).some((row) => isInk(row, column)));
  return {
    top: rows[0],
    left: columns[0],
    height: rows.at(-1)! - rows[0] + 1,
    width: columns.at(-1)! - columns[0] + 1,
  };
}

/** What would lie outside is cut off. */
function place({ pixels, height, width }: Levels, { centre, ...size }: CentredInkOptions): Uint8Array {
  let [down, right] = [(size.height - height) / 2, (size.width - width) / 2];
  if (centre === "mass") {
    const total = pixels.reduce((sum, value) => sum + value, 0);
    const mean = (of: (i: number) => number) => pixels.reduce((sum, value, i) => sum + value * of(i), 0) / total;
    // as MNIST has it: the mean over its digits is 14.0 in both directions
    down = size.height / 2 - mean((i) => Math.floor(i / width));
    right = size.width / 2 - mean((i) => i % width);
  }
  [down, right] = [Math.round(down), Math.round(right)];
  const image = new Uint8Array(size.height * size.width);
  pixels.forEach((value, i) => {
    const [y, x] = [Math.floor(i / width) + down, (i % width) + right];
    if (y >= 0 && y < size.height && x >= 0 && x < size.width) image[y * size.width + x] = value;
  });
  return image;
}
