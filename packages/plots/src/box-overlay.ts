import { assertCount } from "./checks.ts";
import { drawGrid } from "./grid.ts";
import { assertImage, type GridImage } from "./tile.ts";

export interface BoxOverlayOptions extends GridImage {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Whole px drawn for each pixel; by default what makes the image some 400 px large. */
  readonly scale?: number | undefined;
}

const USUAL_SIZE = 400; // px of the image

/**
 * One image, large, with its true boxes (solid) and predicted boxes (dashed) on the pixels' edges.
 * A box's label stands beside it; one for which there is no room is left out.
 *
 * @throws RangeError for a box out of order or a `scale` that is no whole number from 1 up;
 * ShapeError if pixels are not [height, width, channels].
 */
export async function boxOverlay(options: BoxOverlayOptions): Promise<string> {
  const { title, subtitle, scale, ...image } = options;
  assertCount("boxOverlay scale", scale);
  assertImage("boxOverlay", image);
  const usual = Math.max(1, Math.round(USUAL_SIZE / Math.max(image.width, image.height)));
  return drawGrid([image], { title, subtitle, scale: scale ?? usual });
}
