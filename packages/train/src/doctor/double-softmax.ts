import { type Check, STEPS_TO_JUDGE } from "./check.ts";
import { number } from "./format.ts";

const SETTLED = 0.02; // relative fall of the training loss in an epoch; a sound loss this high falls faster
const MARGIN = 0.1; // nats: training is not quite as sure of its answers as the bound below assumes

/**
 * A softmax of probabilities is nearly flat: the loss of a right and certain answer is
 * −ln(e / (e + C − 1)), 1.4612 for ten classes, and no answer costs less. As ln Σ exp pⱼ is convex,
 * the mean loss is at most that floor + 1 − p, p being the probability of the right class. A
 * calibrated model of accuracy a, on the other hand, costs at most H(a) + (1 − a) ln(C − 1) (Fano's
 * inequality); where that is below the floor, a loss that rests above the floor is no sound one.
 */
export const doubleSoftmax: Check = {
  id: "double-softmax",
  explains: [],
  find({ epochs }, { task }) {
    const [previous, latest] = [epochs.at(-2), epochs.at(-1)];
    if (task?.kind !== "classification" || (task.loss ?? "cross-entropy") !== "cross-entropy") return undefined;
    if (!previous || !latest || latest.step < STEPS_TO_JUDGE) return undefined;
    const accuracy = latest.metrics["validation/accuracy"] ?? latest.metrics["train/accuracy"];
    if (accuracy === undefined) return undefined;
    const floor = Math.log(Math.E + task.numClasses - 1) - 1;
    const { loss } = latest.steps.tail;
    const lowest = Math.min(...epochs.map(({ steps }) => steps.lowestLoss));
    const isAboveFloor = lowest >= floor - 1e-4; // rounding of float32
    const isNearFloor = loss <= floor + 1 - accuracy + MARGIN;
    const fall = 1 - latest.metrics["train/epochLoss"] / previous.metrics["train/epochLoss"];
    const bound = fano(accuracy, task.numClasses);
    if (bound >= floor || !isAboveFloor || !isNearFloor || fall > SETTLED) return undefined;
    return {
      sign: "softmax applied twice",
      evidence: `accuracy ${number(accuracy)}, where a model with sound probabilities costs at most ${number(bound)}, but the training loss rests at ${number(loss)}, and in no step was it below −ln(e/(e+C−1)) = ${number(floor)}`,
      cause:
        "Likely the model ends in softmax and the loss applies it again: give the loss logits (if it gets them already, the learning rate is far too low)",
      epoch: latest.epoch,
      step: latest.step,
    };
  },
};

/** The most that a calibrated model's cross-entropy can be at this accuracy, in nats. */
function fano(accuracy: number, numClasses: number): number {
  const entropy = (p: number) => (p > 0 ? -p * Math.log(p) : 0);
  return entropy(accuracy) + entropy(1 - accuracy) + (1 - accuracy) * Math.log(numClasses - 1);
}
