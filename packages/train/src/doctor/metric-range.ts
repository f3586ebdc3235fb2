import type { Check } from "./check.ts";
import { number } from "./format.ts";
import type { EpochRecord } from "./history.ts";
import type { Probe } from "./probe.ts";

interface Range {
  /** Of the key's last part, whose words may be joined (`boxIou`). */
  readonly name: RegExp;
  readonly low: number;
  readonly high: number;
}

// The first that fits counts. Ranges by definition of the metric.
const RANGES: readonly Range[] = [
  { name: /(giou|correlation|mcc|kappa)$/i, low: -1, high: 1 },
  { name: /(accuracy|precision|recall|iou|dice|auc)$|\bf1$|^map(50|75)?$/i, low: 0, high: 1 },
  { name: /F1$/, low: 0, high: 1 }, // macroF1
  { name: /^r2$|R2$|[rR]²$/, low: Number.NEGATIVE_INFINITY, high: 1 }, // not layer2
  { name: /perplexity$/i, low: 1, high: Number.POSITIVE_INFINITY },
  { name: /(mse|rmse|mae|crossEntropy|logLoss)$/i, low: 0, high: Number.POSITIVE_INFINITY },
];
const ROUNDING = 1e-5; // of float32 sums over an epoch

/** A metric that is not a number, or that its definition does not allow. */
export const metricRange: Check = {
  id: "metric-range",
  explains: ["worse-than-baseline"],
  find({ epochs, outcome }, probe) {
    const moments: Pick<EpochRecord, "metrics">[] = [...epochs, ...(outcome ? [outcome] : [])];
    for (const moment of moments)
      for (const [key, value] of Object.entries(moment.metrics)) {
        const problem = checkValue(key, value, probe);
        if (!problem) continue;
        const { epoch, step } = moment as Partial<EpochRecord>;
        return { sign: "a metric outside its range", ...problem, ...(epoch && { epoch }), ...(step && { step }) };
      }
    return undefined;
  },
};

function checkValue(key: string, value: number, probe: Probe): { evidence: string; cause: string } | undefined {
  const { low, high } = rangeOf(key, probe);
  const evidence = `${key} is ${number(value)}, expected a number in [${low}, ${high}]`;
  if (!Number.isFinite(value))
    return { evidence, cause: "Likely a division by zero: no example, or none of that class, in the split" };
  if (value >= low - ROUNDING && value <= high + ROUNDING) return undefined;
  if (high === 1 && value > 1 && value <= 100)
    return { evidence, cause: "Likely percent where a fraction is meant, or a sum divided by too small a count" };
  if (/iou$/i.test(key)) return { evidence, cause: "Likely boxes given as [x, y, width, height], or corners swapped" };
  return { evidence, cause: "Likely a bug in the metric: compare it with a case worked by hand" };
}

function rangeOf(key: string, { task }: Probe): Omit<Range, "name"> {
  const name = key.slice(key.lastIndexOf("/") + 1);
  const isLoss = /^(loss|epochLoss)$/.test(name) && task?.kind === "classification" && task.loss !== "other";
  if (isLoss) return { low: 0, high: Number.POSITIVE_INFINITY };
  const range = RANGES.find((candidate) => candidate.name.test(name));
  return range ?? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
}
