import { type Scenes, toPixels } from "@course/data";
import { type DetectedObjects, type MeanAveragePrecision, meanAveragePrecision } from "@course/metrics";
import type { tf } from "@course/tf";
import { detect, FOR_METRICS } from "../src/evaluate.ts";
import type { Grid } from "../src/grid.ts";
import type { Detection } from "../src/suppress.ts";

/** Scenes, what the network finds in them, and how right that is. */
export interface Judged {
  readonly scenes: Scenes;
  readonly detections: readonly (readonly Detection[])[];
  readonly scores: MeanAveragePrecision;
  /** The detections with boxes as the network gave them. */
  readonly unrounded: readonly (readonly Detection[])[];
}

/** As @course/metrics takes them. */
const toDetected = (detections: readonly Detection[]): DetectedObjects => ({
  boxes: detections.map(({ box }) => box),
  scores: detections.map(({ score }) => score),
  classes: detections.map(({ label }) => label),
});

/** COCO's mAP of detections against the scenes' objects. @throws RangeError if no scene has an object */
export function score(
  detections: readonly (readonly Detection[])[],
  { objects, classes }: Pick<Scenes, "objects" | "classes">,
): MeanAveragePrecision {
  const actual = objects.map((scene) => ({
    boxes: scene.map(({ box }) => box),
    classes: scene.map(({ label }) => label),
  }));
  return meanAveragePrecision(detections.map(toDetected), actual, { numClasses: classes.length });
}

export interface JudgeOptions {
  readonly grid: Grid;
  /** The scenes' boxes are whole pixels, so what is judged is rounded to them. */
  readonly onPixels: boolean;
}

/** @throws RangeError if no scene has an object */
export function judge(model: tf.LayersModel, scenes: Scenes, { grid, onPixels }: JudgeOptions): Judged {
  const unrounded = detect(model, scenes, { ...FOR_METRICS, grid });
  const rounded = (detection: Detection) => ({ ...detection, box: toPixels(detection.box) });
  const detections = onPixels ? unrounded.map((ofScene) => ofScene.map(rounded)) : unrounded;
  return { scenes, detections, scores: score(detections, scenes), unrounded };
}
