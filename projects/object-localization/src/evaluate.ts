import { batches, gatherScenes, type Scenes, toPixels } from "@course/data";
import { type Box, iou } from "@course/metrics";
import { tf } from "@course/tf";
import { clipBox, decodeBoxes } from "./boxes.ts";

/** What the network says about one scene. */
export interface Answer {
  /** Probability that there is an object, in [0, 1]. */
  readonly hasObject: number;
  /** Corners in pixels, cut off at the image's edge; there even if the network sees no object. */
  readonly box: Box;
  readonly label: number;
  /** Probability of that class, in (0, 1]. */
  readonly confidence: number;
}

/** The network on every scene, 250 at a time to bound the memory; the last batch is what is left. */
export function answer(model: tf.LayersModel, scenes: Scenes): Answer[] {
  const [count, height, width] = scenes.shape;
  const rows = [...batches(count, 250)].flatMap((indices) =>
    tf.tidy(() => {
      const images = tf.tensor4d(gatherScenes(scenes, indices), [indices.length, height, width, 1]);
      const outputs = model.apply(images) as tf.Tensor2D;
      const [logit, box, classes] = tf.split(outputs, [1, 4, outputs.shape[1] - 5], 1) as tf.Tensor2D[];
      const parts = [tf.sigmoid(logit), decodeBoxes(box, [height, width]), tf.softmax(classes)];
      return tf.concat(parts, 1).arraySync() as number[][];
    }),
  );
  return rows.map(([hasObject, xMin, yMin, xMax, yMax, ...probabilities]) => {
    const confidence = Math.max(...probabilities);
    const box = clipBox([xMin, yMin, xMax, yMax], [height, width]);
    return { hasObject, box, label: probabilities.indexOf(confidence), confidence };
  });
}

export interface Scores {
  /** Share of all scenes in which the network is right about whether there is an object (above 0.5: yes). */
  readonly hasObjectAccuracy: number;
  /** Share of the scenes with an object whose class is right. */
  readonly classAccuracy: number;
  /** Mean over the scenes with an object. */
  readonly iou: number;
  /** Of IoU and class accuracy: the course's measure. */
  readonly mean: number;
  /** [count] IoU of each scene; 0 where the object is overlooked, NaN where there is none. */
  readonly ious: Float64Array;
}

/**
 * An overlooked object counts as a wrong class and an IoU of 0.
 *
 * @throws RangeError if no scene has an object
 */
export function score(answers: readonly Answer[], { objects }: Pick<Scenes, "objects">): Scores {
  const ious = new Float64Array(answers.length).fill(Number.NaN);
  let [rightObject, rightClass, total, count] = [0, 0, 0, 0];
  // #solution 4.1 go through the scenes; use iou() of @course/metrics
  answers.forEach(({ hasObject, box, label }, i) => {
    const [object] = objects[i];
    const isSeen = hasObject > 0.5;
    rightObject += Number(isSeen === (object !== undefined));
    if (object === undefined) return;
    ious[i] = isSeen ? iou(box, object.box) : 0;
    rightClass += Number(isSeen && label === object.label);
    total += ious[i];
    count++;
  });
  // #end
  if (count === 0) throw new RangeError("score: expected scenes with an object, received empty ones only");
  const [classAccuracy, meanIou] = [rightClass / count, total / count];
  const hasObjectAccuracy = rightObject / answers.length;
  return { hasObjectAccuracy, classAccuracy, iou: meanIou, mean: (classAccuracy + meanIou) / 2, ious };
}

/** Scenes, what the network says about them, and how right that is. */
export interface Judged {
  readonly scenes: Scenes;
  readonly answers: readonly Answer[];
  readonly scores: Scores;
  /** Mean IoU of the boxes as the network gave them. */
  readonly iouUnrounded: number;
}

/** @param onPixels the scenes' boxes are whole pixels, so what is judged is rounded to them */
export function judge(model: tf.LayersModel, scenes: Scenes, onPixels: boolean): Judged {
  const said = answer(model, scenes);
  const answers = onPixels ? said.map((one) => ({ ...one, box: toPixels(one.box) })) : said;
  return { scenes, answers, scores: score(answers, scenes), iouUnrounded: score(said, scenes).iou };
}
