import type { Random } from "@course/core";
import type { ImageSet } from "../images/image-set.ts";
import { areApart } from "./place.ts";
import type { SceneBox, SceneOptions } from "./scene.ts";

const SIDES = [4, 7] as const; // pixels; larger pieces of a digit look like a digit
const BRIGHTNESS = [0.5, 1] as const;
const TRIES = 10; // a patch that finds no place is left out

/**
 * Draws a square piece of a random digit at a random place. It keeps off the objects' boxes: next to
 * a digit nobody could tell what belongs to it.
 */
export function drawPatch(
  canvas: Float32Array,
  { height, width }: Pick<SceneOptions, "height" | "width">,
  { digits, objects, random }: { digits: ImageSet; objects: readonly SceneBox[]; random: Random },
): void {
  const [count, digitHeight, digitWidth] = digits.shape;
  const side = random.integer(SIDES[0], SIDES[1] + 1);
  const brightness = random.uniform(...BRIGHTNESS) / 255;
  const start = random.integer(0, count) * digitHeight * digitWidth;
  // the middle half of the image holds the ink
  const fromX = random.integer(Math.floor(digitWidth / 4), Math.floor((digitWidth * 3) / 4) - side + 1);
  const fromY = random.integer(Math.floor(digitHeight / 4), Math.floor((digitHeight * 3) / 4) - side + 1);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const [left, top] = [random.integer(0, width - side + 1), random.integer(0, height - side + 1)];
    const box: SceneBox = [left, top, left + side, top + side];
    if (!objects.every((other) => areApart(box, other))) continue;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const ink = digits.images[start + (fromY + y) * digitWidth + fromX + x]! * brightness;
        const at = (top + y) * width + left + x;
        if (ink > canvas[at]!) canvas[at] = ink;
      }
    }
    return;
  }
}
