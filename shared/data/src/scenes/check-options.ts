import { UserError } from "@course/core";
import type { ImageSet } from "../images/image-set.ts";
import type { SceneOptions } from "./scene.ts";

/** @throws UserError naming the first option that scenes cannot be made from. */
export function assertSceneOptions(digits: ImageSet, options: SceneOptions): void {
  const { height, width, objects, emptyShare, rotation, scale, noise, clutter, warp = 0, cells } = options;
  const [count, digitHeight, digitWidth, channels] = digits.shape;
  if (count === 0 || channels !== 1)
    throw new UserError(
      `scenes: expected grey digits [count, height, width, 1], received [${digits.shape.join(", ")}]`,
    );
  if (!(height >= 16 && width >= 16))
    throw new UserError(`scenes: expected at least 16×16 pixels, received ${height}×${width}`);
  assertRange("objects", [objects.min, objects.max], [0, 20]);
  assertRange("emptyShare", [emptyShare, emptyShare], [0, 1]);
  assertRange("rotation (degrees)", [rotation, rotation], [0, 180]);
  const longest = Math.min(height / digitHeight, width / digitWidth);
  assertRange("scale (above 0, and so that a digit fits into the image)", scale, [0.1, longest]);
  assertRange("noise (of brightness in [0, 1])", noise, [0, 1]);
  assertRange("clutter", [clutter.min, clutter.max], [0, 100]);
  assertRange("warp (of the digit's own pixels)", [warp, warp], [0, Math.min(digitHeight, digitWidth) / 4]);
  const room = cells ? cells[0] * cells[1] : 6;
  if (objects.max > room)
    throw new UserError(
      `scenes: expected at most ${room} objects, received ${objects.max} (one to a cell, and 6 without cells)`,
    );
}

function assertRange(
  what: string,
  [min, max]: readonly [number, number],
  [low, high]: readonly [number, number],
): void {
  if (min >= low && min <= max && max <= high) return;
  const expected = `${low} to ${Number(high.toFixed(2))}`;
  throw new UserError(
    `scenes ${what}: expected ${expected}, the least first, received ${min === max ? min : `${min} to ${max}`}`,
  );
}
