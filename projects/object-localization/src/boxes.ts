import type { Box } from "@course/metrics";
import { tf } from "@course/tf";

/** Of an image in pixels. */
export type ImageSize = readonly [height: number, width: number];

const UNIT = 20; // pixels, about a digit: an output of 1 moves a centre by it, one of 0 gives a side of it
const LARGEST = 3; // of a side's output; e³ · 20 pixels are more than any image here, and exp cannot overflow

/** Whether a side of so many pixels can be answered: from UNIT · e⁻³, one pixel, to UNIT · e³, 402. */
export const canGiveSide = (side: number) => Math.abs(Math.log(side / UNIT)) <= LARGEST;

/**
 * What the network says about the box → corners [batch, 4] in pixels. A side is UNIT · exp(output), so it
 * is never negative, and 1 more is e times as large whatever the size.
 *
 * @param outputs [batch, 4]: centre x, centre y, width, height
 */
export function decodeBoxes(outputs: tf.Tensor2D, [height, width]: ImageSize): tf.Tensor2D {
  // #solution 1.1 centre = middle of the image + UNIT · output; side = UNIT · exp(output), clipped to ±LARGEST first
  const [centres, sides] = tf.split(outputs, 2, 1);
  const centre = tf.add(tf.mul(centres, UNIT), [width / 2, height / 2]);
  const half = tf.mul(tf.exp(tf.clipByValue(sides, -LARGEST, LARGEST)), UNIT / 2);
  return tf.concat([tf.sub(centre, half), tf.add(centre, half)], 1) as tf.Tensor2D;
  // #end
}

/** The outputs that `decodeBoxes` turns into this box. */
export function encodeBox([xMin, yMin, xMax, yMax]: Box, [height, width]: ImageSize): number[] {
  // #solution 1.2 undo decodeBoxes: centre first, then the logarithms of the sides
  const centre = [(xMin + xMax) / 2 - width / 2, (yMin + yMax) / 2 - height / 2].map((pixels) => pixels / UNIT);
  return [...centre, Math.log((xMax - xMin) / UNIT), Math.log((yMax - yMin) / UNIT)];
  // #end
}

/** The part of a box that lies inside the image. */
export function clipBox(box: Box, [height, width]: ImageSize): Box {
  const [xMin, yMin, xMax, yMax] = box.map((corner, i) => Math.min(Math.max(corner, 0), i % 2 === 0 ? width : height));
  return [xMin, yMin, xMax, yMax];
}
