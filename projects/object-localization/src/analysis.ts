import type { SceneObject, Scenes } from "@course/data";
import { meanAndSd } from "@course/metrics";

/** A range of scenes and how the network does on them. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** NaN where no scene falls into the range. */
  readonly mean: number;
  /** Of the mean; NaN below two scenes. */
  readonly standardError: number;
}

/**
 * Mean score of the examples whose value lies in each range [edge, next edge); the last range holds its
 * upper edge too. Scores that are NaN (empty scenes) are left out.
 */
export function meanByRange(values: readonly number[], scores: ArrayLike<number>, edges: readonly number[]): Bin[] {
  return edges.slice(0, -1).map((low, bin) => {
    const high = edges[bin + 1];
    const isLast = bin === edges.length - 2;
    const isInside = (i: number): boolean => {
      // #solution 4.2 whether example i lies in this range and has a score
      const isBelow = isLast ? values[i] <= high : values[i] < high;
      return values[i] >= low && isBelow && !Number.isNaN(scores[i]);
      // #end
    };
    const inside = Array.from(scores).filter((_, i) => isInside(i));
    if (inside.length === 0) return { low, high, count: 0, mean: Number.NaN, standardError: Number.NaN };
    const { mean, sd = Number.NaN } = meanAndSd(inside);
    return { low, high, count: inside.length, mean, standardError: sd / Math.sqrt(inside.length) };
  });
}

/** What may make a scene hard: its value in each scene (NaN in an empty one) and the ranges to compare. */
function difficulties({ objects, noise }: Scenes) {
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
      edges: [0, 8, 12, 16, 20, 24, 60],
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
