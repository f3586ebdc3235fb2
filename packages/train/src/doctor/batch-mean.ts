import type { Check } from "./check.ts";
import { number } from "./format.ts";
import type { StepSummary } from "./step-tally.ts";

const SAME = 1e-6; // relative: the same sum in another order

/** A training loss that the project averaged itself, in another way than over examples. */
export const batchMean: Check = {
  id: "batch-mean",
  explains: [],
  find({ epochs }) {
    const latest = epochs.at(-1);
    const logged = latest?.metrics["train/loss"];
    if (!latest || logged === undefined) return undefined;
    const mean = latest.metrics["train/epochLoss"];
    const isSame = (value: number) => Math.abs(logged - value) <= SAME * Math.abs(value);
    const mistake = mistakes(latest.steps, mean).find(([, value]) => isSame(value));
    if (isSame(mean) || !mistake) return undefined;
    return {
      sign: "the loss is not the mean over examples",
      evidence: `train/loss ${number(logged)} is ${mistake[0]}; the mean over ${number(latest.steps.examples)} examples is ${number(mean)}`,
      cause:
        "Weigh each batch's mean loss by its number of examples, and divide by all examples: the last batch is smaller",
      epoch: latest.epoch,
    };
  },
};

function mistakes({ steps, examples, lossSum, last }: StepSummary, mean: number): [what: string, value: number][] {
  return [
    ["the mean over batches, the small last one counting as much as the others", lossSum / steps],
    ["the mean over all batches but the last", (lossSum - last.loss) / (steps - 1)],
    ["the sum of the batches' means divided by the number of examples", lossSum / examples],
    ["the sum of the batches' means", lossSum],
    ["the sum over examples", mean * examples],
  ];
}
