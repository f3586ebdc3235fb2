import { assertCount, assertNotEmpty } from "./checks.ts";
import { drawGrid } from "./grid.ts";
import { assertImage, type GridImage } from "./tile.ts";

const USUAL_SIZE = 100; // px of an image

export interface ImageGridOptions {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly images: readonly GridImage[];
  /** Images in a row; by default as many as about 720 px hold, rows evenly filled. */
  readonly columns?: number | undefined;
  /** Whole px drawn for each pixel; by default what makes images some 100 px large. */
  readonly scale?: number | undefined;
}

/**
 * Images in rows with captions below them, pixels kept sharp, and boxes over them. A caption has at
 * most three lines as wide as its image (84 px at least); what is longer is shortened. Images of
 * different sizes share one scale.
 *
 * @throws RangeError without images, for a box out of order, or for `columns` or `scale` that is no
 * whole number from 1 up; ShapeError if pixels are not [height, width, channels].
 */
export async function imageGrid(options: ImageGridOptions): Promise<string> {
  const { title, subtitle, images, columns, scale } = options;
  assertNotEmpty("imageGrid images", images);
  assertCount("imageGrid columns", columns);
  assertCount("imageGrid scale", scale);
  images.forEach((image, i) => {
    assertImage(`imageGrid image ${i}`, image);
  });
  const largest = Math.max(...images.flatMap(({ width, height }) => [width, height]));
  return drawGrid(images, { title, subtitle, columns, scale: scale ?? Math.max(1, Math.round(USUAL_SIZE / largest)) });
}
