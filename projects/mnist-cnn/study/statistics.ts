import { UserError } from "@course/core";
import { meanAndSd } from "@course/metrics";
import type { StudyRun } from "./study-file.ts";
import { BASE, type Variant } from "./variants.ts";

/** Student's t: what 2.5 % exceed, for 1 to 9 degrees of freedom. */
const T_97_5 = [12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157];

export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Mean with the interval that holds the true one in 95 % of such samples, if they are normal
 * (Student, 1908): mean ± t · sd / √n.
 *
 * @throws RangeError unless there are 2 to 10 values.
 */
export function tInterval(values: readonly number[]): MeanInterval {
  const t = T_97_5[values.length - 2];
  if (t === undefined) throw new RangeError(`tInterval: expected 2 to 10 values, received ${values.length}`);
  const { mean, sd } = meanAndSd(values);
  const half = (t * sd!) / Math.sqrt(values.length);
  return { mean, low: mean - half, high: mean + half };
}

/** One variant over its seeds, beside the default settings of the same seeds. */
export interface Row extends Variant {
  readonly parameters: number;
  readonly seconds: number;
  readonly accuracy: { readonly mean: number; readonly sd: number };
  /** Accuracy minus that of the default settings, seed by seed; undefined for these themselves. */
  readonly effect: MeanInterval | undefined;
  /** Whether the interval excludes 0, and on which side of it it lies. */
  readonly verdict: "better" | "worse" | "no clear difference" | "";
}

/** @throws UserError if a seed of the variant was not run with the default settings. */
export function summarise(variant: Variant, runs: readonly StudyRun[]): Row {
  const of = ({ axis, name }: Variant) => runs.filter((run) => run.axis === axis && run.name === name);
  const own = of(variant);
  const base = new Map(of(BASE).map(({ seed, validationAccuracy }) => [seed, validationAccuracy]));
  const differences = own.map(({ seed, validationAccuracy }) => {
    const other = base.get(seed);
    if (other === undefined) throw new UserError(`study: expected a run of the default settings with seed ${seed}`);
    return validationAccuracy - other;
  });
  const { mean, sd } = meanAndSd(own.map(({ validationAccuracy }) => validationAccuracy));
  const effect = variant === BASE ? undefined : tInterval(differences);
  return {
    ...variant,
    parameters: own[0]!.parameters,
    seconds: meanAndSd(own.map(({ seconds }) => seconds)).mean,
    accuracy: { mean, sd: sd! },
    effect,
    verdict: effect === undefined ? "" : verdictOf(effect),
  };
}

function verdictOf({ low, high }: MeanInterval): Row["verdict"] {
  if (low > 0) return "better";
  return high < 0 ? "worse" : "no clear difference";
}
