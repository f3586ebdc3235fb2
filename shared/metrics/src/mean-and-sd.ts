import { assertFinite, assertNotEmpty } from "./input-checks.ts";

export interface MeanAndSd {
  readonly mean: number;
  /** Sample standard deviation (n − 1), in the values' unit; undefined for one value, which shows no spread. */
  readonly sd: number | undefined;
  readonly count: number;
}

/**
 * Mean and sample standard deviation, √(Σ(v − mean)² / (n − 1)), such as of one result over seeds.
 *
 * @throws RangeError for no values, or a value that is not finite.
 */
export function meanAndSd(values: ArrayLike<number>): MeanAndSd {
  assertNotEmpty("meanAndSd", values);
  assertFinite("meanAndSd", values);
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i];
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i] - mean) ** 2;
  return { mean, sd: count === 1 ? undefined : Math.sqrt(squares / (count - 1)), count };
}
