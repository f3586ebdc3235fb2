import type { Check } from "./check.ts";
import { number } from "./format.ts";
import type { History } from "./history.ts";
import type { Probe } from "./probe.ts";

/** The last, smaller batch is left out, in training or in evaluation. */
export const droppedBatch: Check = {
  id: "dropped-batch",
  explains: [],
  find(history, probe) {
    const latest = history.epochs.at(-1);
    const evidence = inTraining(history) ?? inEvaluation(history, probe);
    if (!latest || evidence === undefined) return undefined;
    return {
      sign: "the last batch is dropped",
      evidence,
      cause:
        "Likely whole batches only (floor instead of ceil): the examples that are left out of a metric change it, and with few data that is much; take the smaller batch too, and average over examples",
      epoch: latest.epoch,
    };
  },
};

/** Whole batches only, and exactly the rest of the division is missing. */
function inTraining({ epochs, dataset }: History): string | undefined {
  const latest = epochs.at(-1);
  if (!latest || !dataset) return undefined;
  const { examples, batchSize, shortBatches } = latest.steps;
  const missing = dataset.train - examples;
  if (missing <= 0 || shortBatches > 0 || missing !== dataset.train % batchSize) return undefined;
  return `${number(examples)} of ${number(dataset.train)} training examples in an epoch: whole batches of ${batchSize}, ${missing} left over`;
}

/** An accuracy over n examples is a whole number of n-ths. */
function inEvaluation({ epochs, outcome }: History, { labels = {} }: Probe): string | undefined {
  for (const { metrics } of [...epochs, ...(outcome ? [outcome] : [])])
    for (const [split, { length: count }] of Object.entries(labels)) {
      const accuracy = metrics[`${split}/accuracy`];
      if (accuracy === undefined || isWhole(accuracy * count, count) || isRounded(accuracy)) continue;
      return `${split}/accuracy ${accuracy} would be ${number(accuracy * count)} right answers of ${number(count)}: it is not a mean over these examples`;
    }
  return undefined;
}

function isWhole(right: number, count: number): boolean {
  const tolerance = 0.01 + count * 2 ** -22; // a float32 accuracy is off by up to 2^-24 of itself; twice rounded
  return Math.abs(right - Math.round(right)) <= tolerance;
}

/** Written with up to four decimals, so that its fraction is lost. */
function isRounded(accuracy: number): boolean {
  return Number(accuracy.toFixed(4)) === accuracy;
}
