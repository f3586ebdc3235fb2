import type { Random } from "@course/core";
import { tf } from "@course/tf";

/** Of one image. */
export type Size = readonly [height: number, width: number, channels: number];

/** What may happen to an image; every change lies within its range and leaves a human's answer the same. */
const RANGES = {
  warp: { degrees: 15, enlarged: 0.15, pixels: 2, mirrored: 0, erased: 0 },
  flip: { degrees: 0, enlarged: 0, pixels: 2, mirrored: 0.5, erased: 0.5 }, // the last two: shares of the images
};
export type Ranges = (typeof RANGES)["warp"];

/** Mirrored, enlarged and turned about the image's middle, then moved. */
export interface Change {
  readonly isMirrored: boolean;
  readonly scale: number;
  readonly angle: number; // radians, clockwise
  readonly right: number; // pixels
  readonly down: number;
}

/** Scale 1 ± enlarged, angle ± degrees, moves of −pixels to pixels, whole ones. */
export function drawChange({ degrees, enlarged, pixels, mirrored }: Ranges, random: Random): Change {
  // #solution 5.1 draw each uniformly within its range (uniform, integer); the angle in radians
  return {
    isMirrored: random.uniform() < mirrored,
    scale: random.uniform(1 - enlarged, 1 + enlarged),
    angle: (random.uniform(-degrees, degrees) * Math.PI) / 180,
    right: random.integer(-pixels, pixels + 1),
    down: random.integer(-pixels, pixels + 1),
  };
  // #end
}

/**
 * Where a pixel of the changed image comes from: (x, y) is read at (a0·x + a1·y + a2,
 * b0·x + b1·y + b2) of the old one, so all steps are undone, the last first.
 *
 * @returns [a0, a1, a2, b0, b1, b2, 0, 0], as tf.image.transform takes it
 */
export function inverseMap({ isMirrored, scale, angle, right, down }: Change, [height, width]: Size): number[] {
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const mirror = isMirrored ? -1 : 1;
  // #solution 5.2 from the middle and the move undone: x − middleX − right; turn back by [cos sin; −sin cos]; mirror
  const a = [mirror * cos, mirror * sin];
  const b = [-sin, cos];
  const shift = ([ofX, ofY]: number[]) => -ofX * (middleX + right) - ofY * (middleY + down);
  return [a[0], a[1], middleX + shift(a), b[0], b[1], middleY + shift(b), 0, 0];
  // #end
}

/** Paints a rectangle inside the image over with one shade, in place: each side a pixel up to half of the image's. */
export function erase(image: Float32Array, [height, width, channels]: Size, random: Random): void {
  const shade = random.uniform();
  // #solution 5.3 draw the sides, then a corner that keeps them inside, then fill the rectangle's rows
  const [rows, columns] = [height, width].map((side) => random.integer(1, Math.floor(side / 2) + 1));
  const [top, left] = [random.integer(0, height - rows + 1), random.integer(0, width - columns + 1)];
  for (let row = top; row < top + rows; row++) {
    const start = (row * width + left) * channels;
    image.fill(shade, start, start + columns * channels);
  }
  // #end
}

/** x [batch, height, width, channels] → as many images, each changed by draws of its own. May change x. */
export function augment(kind: "none" | "warp" | "flip", x: Float32Array, size: Size, random: Random): tf.Tensor4D {
  const length = size[0] * size[1] * size[2];
  const batch = x.length / length;
  if (kind === "none") return tf.tensor4d(x, [batch, ...size]);
  const ranges = RANGES[kind];
  const maps = Array.from({ length: batch }, (_, i) => {
    if (random.uniform() < ranges.erased) erase(x.subarray(i * length, (i + 1) * length), size, random);
    return inverseMap(drawChange(ranges, random), size);
  });
  // beyond its edge an image goes on as its edge
  return tf.tidy(() => tf.image.transform(tf.tensor4d(x, [batch, ...size]), tf.tensor2d(maps), "bilinear", "nearest"));
}
