import type { Check } from "./check.ts";
import { number, percent } from "./format.ts";
import type { EpochRecord } from "./history.ts";
import { lossDeviation } from "./loss-deviation.ts";

const WORTH_ACTING = 0.1; // rise of the validation loss; below, stopping early would gain next to nothing
const ERRORS = 3; // standard errors of the validation loss: chance does that once in a thousand times
const EPOCHS_IN_A_ROW = 3; // one or two may be a spike

/** The training loss falls while the validation loss rises. */
export const overfitting: Check = {
  id: "overfitting",
  explains: [],
  find({ epochs, dataset }) {
    const curve = epochs.filter(({ metrics }) => Number.isFinite(metrics["validation/loss"]));
    const best = curve.reduce<EpochRecord | undefined>(
      (lowest, one) => (lowest && validation(lowest) <= validation(one) ? lowest : one),
      undefined,
    );
    const latest = curve.at(-1);
    if (!best || !latest || !dataset?.validation) return undefined;
    const error = lossDeviation(validation(best), { epochs }) / Math.sqrt(dataset.validation);
    const limit = validation(best) + Math.max(WORTH_ACTING * validation(best), ERRORS * error);
    const after = curve.slice(curve.indexOf(best) + 1);
    const recent = after.slice(-EPOCHS_IN_A_ROW);
    const hasRisen = recent.every((one) => validation(one) > limit);
    if (recent.length < EPOCHS_IN_A_ROW || !hasRisen || training(latest) >= training(best)) return undefined;
    return {
      sign: "overfitting",
      evidence: `since epoch ${best.epoch} the validation loss rose by ${percent(validation(latest) / validation(best) - 1)} (${number(validation(best))} → ${number(validation(latest))}) while the training loss fell (${number(training(best))} → ${number(training(latest))})`,
      cause: `The model learns its training examples by heart. Stop after about ${best.epoch} epochs (or early stopping), or try more data, augmentation, dropout, weight decay, or a smaller model`,
      epoch: best.epoch,
      step: best.step,
    };
  },
};

const validation = ({ metrics }: EpochRecord) => metrics["validation/loss"];
const training = ({ metrics }: EpochRecord) => metrics["train/epochLoss"];
