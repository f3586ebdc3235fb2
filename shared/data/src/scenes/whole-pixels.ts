import type { SceneBox, Scenes } from "./scene.ts";

/** Whether all corners are whole numbers, as those of composed scenes are; annotations by hand need not be. */
export function areOnPixels({ objects }: Pick<Scenes, "objects">): boolean {
  return objects.every((ofScene) => ofScene.every(({ box }) => box.every(Number.isInteger)));
}

/** The nearest box of whole pixels, one or more on each side. */
export function toPixels([xMin, yMin, xMax, yMax]: SceneBox): SceneBox {
  const [left, top] = [Math.round(xMin), Math.round(yMin)];
  return [left, top, Math.max(Math.round(xMax), left + 1), Math.max(Math.round(yMax), top + 1)];
}
