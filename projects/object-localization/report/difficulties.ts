import type { SceneObject, Scenes } from "@course/data";
import { meanByRange } from "../src/analysis.ts";

/** What may make a scene hard: its value in each scene (NaN in an empty one) and the ranges to compare. */
function difficulties({ objects, noise, shape }: Scenes) {
  const ofObject = (read: (object: SceneObject) => number) =>
    objects.map(([object]) => (object === undefined ? Number.NaN : read(object)));
  const sizes = ofObject(({ box: [xMin, yMin, xMax, yMax] }) => Math.sqrt((xMax - xMin) * (yMax - yMin)));
  return [
    {
      name: "rotation",
      label: "rotation (degrees, clockwise)",
      values: ofObject(({ angle }) => angle),
      edges: [-45, -30, -15, 0, 15, 30, 45],
    },
    {
      name: "size",
      label: "size (root of the box's area in pixels)",
      values: sizes,
      edges: [0, 8, 12, 16, 20, 24, Math.max(shape[1], shape[2])],
    },
    {
      name: "noise",
      label: "noise (standard deviation of brightness)",
      values: Array.from(noise),
      edges: [0.03, 0.045, 0.06, 0.075, 0.09, 0.105, 0.12],
    },
  ];
}

/** Mean IoU by rotation, size and noise; ranges with a single scene are left out, and what a user's own scenes lack. */
export function analyse(scenes: Scenes, ious: ArrayLike<number>) {
  return difficulties(scenes)
    .map(({ name, label, values, edges }) => {
      const bins = meanByRange(values, ious, edges).filter(({ count }) => count > 1);
      return { name, label, bins };
    })
    .filter(({ bins }) => bins.length > 0);
}
