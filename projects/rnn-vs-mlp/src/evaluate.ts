import type { Random } from "@course/core";
import { batches } from "@course/data";
import { argmaxRows, confusionMatrix, f1, type Interval, pairedBootstrapInterval } from "@course/metrics";
import { tf } from "@course/tf";
import { type Examples, FORMS, takeExamples } from "./data.ts";
import type { Model } from "./models.ts";
import { lookUp } from "./step.ts";

/** [count] the class that the model gives each example. */
export function predict(model: Model, table: tf.Tensor2D, examples: Examples): Uint32Array {
  const predicted = new Uint32Array(examples.count);
  let done = 0;
  for (const indices of batches(examples.count, 1000)) {
    const { contexts, labels } = takeExamples(examples, indices);
    const scores = tf.tidy(() => model.logits(lookUp(table, contexts, labels.length)).dataSync<"float32">());
    predicted.set(argmaxRows(scores, FORMS.length), done);
    done += labels.length;
  }
  return predicted;
}

/** The mean of the twelve forms' F1: each counts as much, however rare it is. */
export function macroF1(predicted: Uint8Array, actual: Uint8Array): number {
  // #solution 4.1 confusion matrix of the twelve forms, then f1 with the macro average
  return f1(confusionMatrix(predicted, actual, FORMS.length), { average: "macro" });
  // #end
}

/** Difference in accuracy of two models on the same examples, drawn together, so that what both find hard cancels. */
export function difference(
  [better, worse]: readonly [ArrayLike<number>, ArrayLike<number>],
  actual: ArrayLike<number>,
  random: Random,
): Interval {
  // #solution 4.2 1 where each is right, 0 where not; then the paired interval
  const right = (predicted: ArrayLike<number>) =>
    Float64Array.from(actual, (label, i) => Number(predicted[i] === label));
  return pairedBootstrapInterval(right(better), right(worse), { random, resamples: 1000 });
  // #end
}
