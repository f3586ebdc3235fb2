import { UserError } from "@course/core";
import type { SceneBox } from "./scene.ts";

const EDGE = 1; // pixels by which a box may leave the image: rounding

/**
 * @param where for the message: "train, scene 17"
 * @throws UserError for a box that is not finite, inside out, empty or outside the image
 */
export function assertBox(where: string, box: SceneBox, { height, width }: { height: number; width: number }): void {
  const [xMin, yMin, xMax, yMax] = box;
  const received = `received [${box.join(", ")}]`;
  if (!box.every(Number.isFinite) || xMin >= xMax || yMin >= yMax)
    throw new UserError(
      `${where}: expected [xMin, yMin, xMax, yMax] with min < max, ${received} (corners swapped, or [x, y, width, height]?)`,
    );
  if (xMin < -EDGE || yMin < -EDGE || xMax > width + EDGE || yMax > height + EDGE)
    throw new UserError(
      `${where}: expected a box inside the image of ${width}×${height} pixels, ${received} (of another image size?)`,
    );
}
