import type { Scenes } from "@course/data";
import { iou } from "@course/metrics";
import type { Detection } from "./suppress.ts";

/** How well a scene is seen, in [0, 1]: of all true and found boxes the least IoU with one of the same class on the other side; 1 for nothing in nothing. */
export function sceneQuality(found: readonly Detection[], objects: Scenes["objects"][number]): number {
  type Labelled = Pick<Detection, "box" | "label">;
  // #solution 5.1 for each box of either side its best partner's IoU (0 without one); the least of all
  const partner = ({ box, label }: Labelled, others: readonly Labelled[]) =>
    Math.max(0, ...others.filter((other) => other.label === label).map((other) => iou(box, other.box)));
  const qualities = [...objects.map((object) => partner(object, found)), ...found.map((own) => partner(own, objects))];
  return Math.min(1, ...qualities);
  // #end
}
