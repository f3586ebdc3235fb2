import { meanAndSd } from "@course/metrics";
import type { Regulariser, StudyRun } from "./train-one.ts";

/** One λ, means over its seeds. */
export interface Point {
  readonly lambda: number;
  readonly validationLoss: number;
  /** Standard error of that mean, sd / √seeds; 0 for a single seed. */
  readonly standardError: number;
  readonly nearZero: number;
}

/** The points of one regulariser, λ ascending. */
export function curveOf(runs: readonly StudyRun[], regulariser: Regulariser): Point[] {
  const ofKind = runs.filter((run) => run.regulariser === regulariser);
  const lambdas = [...new Set(ofKind.map(({ lambda }) => lambda))].sort((a, b) => a - b);
  return lambdas.map((lambda) => {
    const seeds = ofKind.filter((run) => run.lambda === lambda);
    const { mean, sd = 0, count } = meanAndSd(seeds.map(({ validationLoss }) => validationLoss));
    const nearZero = meanAndSd(seeds.map((run) => run.nearZero)).mean;
    return { lambda, validationLoss: mean, standardError: sd / Math.sqrt(count), nearZero };
  });
}

/**
 * The one-standard-error rule (Breiman et al., 1984): the strongest of these λ whose validation loss
 * is within one standard error of the lowest, of these λ or of no regularisation.
 */
export function strongestWithinOneError(curve: readonly Point[], none: Point): Point {
  const best = [none, ...curve].reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
  const limit = best.validationLoss + best.standardError;
  const closest = curve.reduce((a, b) => (b.validationLoss < a.validationLoss ? b : a));
  return curve.findLast(({ validationLoss }) => validationLoss <= limit) ?? closest;
}

export interface Match {
  readonly lambda: number;
  readonly nearZero: number;
  /** False where the curve never has that loss. */
  readonly isExact: boolean;
}

/**
 * Where the curve passes through this validation loss, by straight lines over log λ. Where it does
 * so twice, since too weak and too strong cost alike, the greater λ: there more weights are near
 * zero, which is in L2's favour. Where it never does, the point of nearest loss.
 */
export function atEqualLoss(curve: readonly Point[], loss: number): Match {
  for (let i = curve.length - 2; i >= 0; i--) {
    const [a, b] = [curve[i]!, curve[i + 1]!];
    const [fromA, fromB] = [a.validationLoss - loss, b.validationLoss - loss];
    if (fromA * fromB > 0) continue;
    const share = fromA === fromB ? 1 : fromA / (fromA - fromB);
    const lambda = Math.exp(Math.log(a.lambda) * (1 - share) + Math.log(b.lambda) * share);
    return { lambda, nearZero: a.nearZero * (1 - share) + b.nearZero * share, isExact: true };
  }
  const distance = ({ validationLoss }: Point) => Math.abs(validationLoss - loss);
  const { lambda, nearZero } = curve.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  return { lambda, nearZero, isExact: false };
}
