import type { Check } from "./check.ts";
import { number } from "./format.ts";
import { lossDeviation } from "./loss-deviation.ts";

const MUCH = 0.2; // relative; the two losses are of the same weights, so any clear gap has a reason
const ERRORS = 3; // standard errors of the difference
const EPOCHS = 5; // the newest, averaged: a single step at each end of an epoch would be noise

/**
 * The validation loss is well below the training loss of the same weights. The weights at an
 * epoch's end are bracketed by its last steps and the first steps of the next epoch; the epoch's
 * mean would not do, as it goes back to when the model knew less.
 */
export const validationBetter: Check = {
  id: "validation-better",
  explains: [],
  find({ epochs, dataset }, { trainingOnly = [] }) {
    if (trainingOnly.length > 0 || !dataset?.validation || epochs.length < 3) return undefined;
    const newest = epochs.slice(-EPOCHS - 1);
    const validation = mean(newest.slice(0, -1).map(({ metrics }) => metrics["validation/loss"]));
    const steps = newest.slice(1).flatMap(({ steps: { head } }, i) => [newest[i].steps.tail, head]);
    const training = mean(steps.map(({ loss }) => loss));
    const examples = steps.reduce((sum, window) => sum + window.examples, 0);
    const deviation = Math.max(lossDeviation(training, { epochs }), ...steps.map((window) => window.deviation));
    const error = deviation * Math.sqrt(1 / examples + 1 / dataset.validation);
    const gap = training - validation;
    if (!(gap > MUCH * training && gap > ERRORS * error)) return undefined; // nor if there is no validation loss
    const { epoch } = newest.at(-2)!;
    return {
      sign: "validation is much better than training",
      evidence: `with the same weights, at the ends of epochs ${newest[0].epoch} to ${epoch}: validation loss ${number(validation)}, training loss ${number(training)}, in the mean`,
      cause:
        'Fine if dropout, augmentation, label smoothing or a penalty makes only training harder (say so: probe({ trainingOnly: ["dropout"] })); else a leak, a validation split of easy examples, or wrong labels in training',
      epoch,
    };
  },
};

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
