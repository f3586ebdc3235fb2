import { type Check, canJudge } from "./check.ts";
import { accuracyError, chanceAccuracy, constantLoss } from "./class-shares.ts";
import { number, percent } from "./format.ts";
import type { EpochRecord, History } from "./history.ts";
import type { Probe } from "./probe.ts";

const LEARNT_NOTHING = 0.01; // share of the constant's loss that is explained: R² (for cross-entropy McFadden's) below this
const ERRORS = 3; // standard errors above chance: luck does that once in a thousand times
const STILL_FALLING = 0.01; // an epoch that takes more than this share off the loss is slow, not stuck

/** The loss stays at what a constant answer costs, and the accuracy at chance. */
export const stuckLoss: Check = {
  id: "stuck-loss",
  explains: ["worse-than-baseline", "overfitting", "validation-better"],
  find(history, probe) {
    const latest = history.epochs.at(-1);
    const constant = constantLoss(probe);
    const chance = isAtChance(history, probe);
    if (!latest || !canJudge(history) || chance === false) return undefined;
    if (constant === undefined && chance === undefined) return undefined;
    const [key, loss, before] = lossCurve(history.epochs);
    if (constant !== undefined && loss < constant * (1 - LEARNT_NOTHING)) return undefined;
    if (loss < before * (1 - STILL_FALLING)) return undefined;
    const accuracy = latest.metrics["validation/accuracy"];
    const answers = constant === undefined ? "" : `; a constant answer costs ${number(constant)}`;
    const hits = accuracy === undefined ? "" : `, validation/accuracy ${number(accuracy)}, no better than chance`;
    return {
      sign: "the loss is stuck at the constant predictor's",
      evidence: `${key} ${number(loss)}${answers}${hits}, after ${latest.step} steps`,
      cause: `Likely the learning rate (try 10 times less, then 10 times more), the initial weights, ${unitsCause(history)}or labels that are not joined to their inputs (look at ten inputs with their labels); can it learn 8 examples by heart?`,
      epoch: latest.epoch,
      step: latest.step,
    };
  },
};

/** Key of the loss that tells most, its latest value, and the value before: an epoch ago or at this one's start. */
function lossCurve(epochs: readonly EpochRecord[]): [key: string, latest: number, before: number] {
  const [previous, latest] = [epochs.at(-2), epochs.at(-1)!];
  const key = "validation/loss" in latest.metrics ? "validation/loss" : "train/epochLoss";
  return [key, latest.metrics[key], previous?.metrics[key] ?? latest.steps.head.loss];
}

/** Whether the accuracy is no clearer above chance than luck allows; undefined if none is logged. */
function isAtChance({ epochs, dataset }: History, probe: Probe): boolean | undefined {
  const accuracy = epochs.at(-1)?.metrics["validation/accuracy"];
  const chance = chanceAccuracy(probe, "validation");
  const count = probe.labels?.validation?.length ?? dataset?.validation;
  if (accuracy === undefined || chance === undefined || !count) return undefined;
  return accuracy <= chance + ERRORS * accuracyError(chance, count);
}

function unitsCause({ readings }: History): string {
  const shares = readings.at(-1)?.layers.map(({ deadShare }) => deadShare ?? 0) ?? [];
  const worst = Math.max(0, ...shares);
  return worst < 0.5 ? "dead units, " : `dead units (${percent(worst)} in one layer), `; // half of ReLUs open in a sound layer
}
