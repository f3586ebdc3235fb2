import type { Check } from "./check.ts";
import { constantLoss } from "./class-shares.ts";
import { number } from "./format.ts";
import type { EpochRecord, History } from "./history.ts";
import type { Probe } from "./probe.ts";

const SMALLEST_BATCH = 8; // with fewer, dropout or a poor start explain the factor as well
const SHORT = 4; // a last batch so many times smaller tells a sum from a mean

/**
 * The logged loss is the sum over a batch, not the mean. Three signs: it is about batchSize times
 * the validation loss in every epoch; the first one is about batchSize times a guess's ln C; that of
 * a much smaller last batch is as much smaller. Two must agree, or the first one in two epochs.
 */
export const lossScale: Check = {
  id: "loss-scale",
  explains: ["validation-better", "stuck-loss", "exploding-gradient", "batch-mean"],
  find(history, probe) {
    const latest = history.epochs.at(-1);
    if (!latest || latest.steps.batchSize < SMALLEST_BATCH) return undefined;
    const { batchSize } = latest.steps;
    const toValidation = history.epochs.every(isBatchTimesValidation);
    const first = firstLossIsScaled(history, probe);
    const agreeing = [toValidation, first, lastBatchIsSmaller(history.epochs)].filter(Boolean).length;
    const isSure = agreeing >= 2 || (toValidation && history.epochs.length >= 2);
    if (first === false || !isSure) return undefined;
    const validation = latest.metrics["validation/loss"];
    const beside = validation === undefined ? "" : `, validation loss ${number(validation)}`;
    return {
      sign: "the loss is scaled by the batch size",
      evidence: `training loss ${number(latest.steps.tail.loss)} with batches of ${batchSize}${beside}; the first step's was ${number(history.epochs[0].steps.firstLoss)}`,
      cause: `Likely the sum over the batch where its mean is meant: the learning rate then acts ${batchSize} times as strongly, and differently with each batch size`,
      epoch: latest.epoch,
      step: latest.step,
    };
  },
};

/** Within a factor of 2: for the same weights the two means differ by less, save for dropout. */
function isAbout(ratio: number, batchSize: number): boolean {
  return ratio > batchSize / 2 && ratio < batchSize * 2;
}

function isBatchTimesValidation({ metrics, steps: { tail, batchSize } }: EpochRecord): boolean {
  return isAbout(tail.loss / metrics["validation/loss"], batchSize);
}

/** A mean cross-entropy begins near that of a guess; where another loss begins is not known. */
function firstLossIsScaled({ epochs }: History, probe: Probe): boolean | undefined {
  const { task } = probe;
  const guess = constantLoss(probe);
  if (task?.kind !== "classification" || (task.loss ?? "cross-entropy") !== "cross-entropy" || !guess) return undefined;
  const { firstLoss, batchSize } = epochs[0].steps;
  return isAbout(firstLoss / guess, batchSize);
}

/** Whether the last batches' losses are, in the mean of their logarithms, nearer to a sum's than to a mean's. */
function lastBatchIsSmaller(epochs: readonly EpochRecord[]): boolean {
  const logs = epochs
    .map(({ steps: { last, head, batchSize } }) => ({ ratio: last.loss / head.loss, share: last.examples / batchSize }))
    .filter(({ ratio, share }) => share <= 1 / SHORT && ratio > 0)
    .map(({ ratio, share }) => Math.log(ratio) / Math.log(share));
  return logs.length > 0 && logs.reduce((sum, one) => sum + one, 0) / logs.length > 0.5;
}
