import { meanAndSd } from "@course/metrics";
import { atEqualLoss, curveOf } from "./match.ts";
import type { StudyRun } from "./train-one.ts";

/** One setting over its seeds. */
export function summarise(runs: readonly StudyRun[]) {
  const spreadOf = (key: "trainLoss" | "validationLoss" | "validationAccuracy" | "nearZero" | "exactlyZero") =>
    meanAndSd(runs.map((run) => run[key]));
  return {
    lambda: runs[0]!.lambda,
    trainLoss: spreadOf("trainLoss"),
    validationLoss: spreadOf("validationLoss"),
    validationAccuracy: spreadOf("validationAccuracy"),
    nearZero: spreadOf("nearZero"),
    exactlyZero: spreadOf("exactlyZero"),
  };
}

/** L1 beside the L2 that was trained to have the same validation loss; runs of the same seeds in the same order. */
export function comparePair(l1: readonly StudyRun[], l2: readonly StudyRun[]) {
  const [ofL1, ofL2] = [summarise(l1), summarise(l2)];
  return {
    l1: ofL1,
    l2: ofL2,
    validationLossDifference: ofL1.validationLoss.mean - ofL2.validationLoss.mean,
    nearZeroRatio: ofL1.nearZero.mean / ofL2.nearZero.mean,
    nearZeroRatioBySeed: l1.map((run, i) => run.nearZero / l2[i]!.nearZero),
  };
}

/** For each λ of L1 the L2 of equal validation loss, both shares and their ratio, by interpolation only. */
export function everyMatch(runs: readonly StudyRun[]) {
  const l2Curve = curveOf(runs, "l2");
  return curveOf(runs, "l1").map((l1) => {
    const l2 = atEqualLoss(l2Curve, l1.validationLoss);
    return { l1, l2, nearZeroRatio: l1.nearZero / l2.nearZero };
  });
}
