import type { SceneBox } from "./scene.ts";

/** The smallest box around the pixels above 0; all 0 for an image without any. */
export function inkBox(image: Uint8Array, width: number): SceneBox {
  let [xMin, yMin, xMax, yMax] = [width, image.length / width, 0, 0];
  for (let i = 0; i < image.length; i++) {
    if (image[i] === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    xMin = Math.min(xMin, x);
    yMin = Math.min(yMin, y);
    xMax = Math.max(xMax, x + 1);
    yMax = Math.max(yMax, y + 1);
  }
  return xMax === 0 ? [0, 0, 0, 0] : [xMin, yMin, xMax, yMax];
}

/** An image [height, width] with a pixel of 0 on each side: [height + 2, width + 2] flat. */
export function addBorder(image: Uint8Array, width: number): Uint8Array {
  const height = image.length / width;
  const bordered = new Uint8Array((height + 2) * (width + 2));
  for (let y = 0; y < height; y++) bordered.set(image.subarray(y * width, (y + 1) * width), (y + 1) * (width + 2) + 1);
  return bordered;
}

/**
 * Brightness in [0, 1] of an image at any place, bilinear between the middles of its pixels; 0 beyond.
 *
 * @param bordered as `addBorder` makes it
 * @param width of the image without its border; x and y count from its first pixel's middle
 */
export function sampleInk(bordered: Uint8Array, width: number, x: number, y: number): number {
  const stride = width + 2;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const first = (top + 1) * stride + left + 1;
  if (left < -1 || left >= width || top < -1 || first + stride + 1 >= bordered.length) return 0;
  const right = x - left;
  const below = y - top;
  const upper = bordered[first]! * (1 - right) + bordered[first + 1]! * right;
  const lower = bordered[first + stride]! * (1 - right) + bordered[first + stride + 1]! * right;
  return (upper * (1 - below) + lower * below) / 255;
}
