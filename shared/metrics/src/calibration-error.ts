import { argmaxRows } from "./argmax.ts";
import { assertClassIds, assertPositiveInteger, assertProbabilityRows, type FloatArray } from "./input-checks.ts";

/** Examples whose confidence lies in (low, high]. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean probability of the predicted class, in [0, 1]. */
  readonly confidence: number;
  /** Share of right predictions, in [0, 1]. */
  readonly accuracy: number;
}

export interface CalibrationOptions {
  readonly numClasses: number;
  /** Bins of equal width over [0, 1]; 15 by default, as in the paper. */
  readonly bins?: number;
}

/**
 * What a reliability diagram draws: predictions binned by confidence, the probability of the predicted
 * class (Guo et al., 2017, eq. 2). Empty bins are left out.
 *
 * @param probabilities [count, classes] flattened; each row sums to 1.
 * @param actual [count] class ids.
 * @throws ShapeError if the sizes do not fit; RangeError for no examples, a class out of range, or rows
 *   that are no probabilities.
 */
export function reliabilityBins(
  probabilities: FloatArray,
  actual: ArrayLike<number>,
  { numClasses, bins = 15 }: CalibrationOptions,
): ReliabilityBin[] {
  assertProbabilityRows("reliabilityBins probabilities", probabilities, actual.length, numClasses);
  assertClassIds("reliabilityBins actual", actual, numClasses);
  assertPositiveInteger("reliabilityBins bins", bins);
  const predicted = argmaxRows(probabilities, numClasses);
  const counts = new Uint32Array(bins);
  const confidences = new Float64Array(bins);
  const correct = new Uint32Array(bins);
  for (let i = 0; i < actual.length; i++) {
    const confidence = probabilities[i * numClasses + predicted[i]];
    const bin = Math.ceil(confidence * bins) - 1; // confidence ≥ 1/numClasses > 0
    counts[bin]++;
    confidences[bin] += confidence;
    if (predicted[i] === actual[i]) correct[bin]++;
  }
  return [...counts.keys()]
    .filter((b) => counts[b] > 0)
    .map((b) => ({
      low: b / bins,
      high: (b + 1) / bins,
      count: counts[b],
      confidence: confidences[b] / counts[b],
      accuracy: correct[b] / counts[b],
    }));
}

/**
 * Expected calibration error, Σ (bin count / N)·|accuracy − confidence| over `reliabilityBins`, in
 * [0, 1]: 0 where a confidence of 0.8 is right 8 times in 10 (Guo et al., 2017, eq. 3).
 *
 * @throws as reliabilityBins.
 */
export function expectedCalibrationError(
  probabilities: FloatArray,
  actual: ArrayLike<number>,
  options: CalibrationOptions,
): number {
  return reliabilityBins(probabilities, actual, options).reduce(
    (sum, bin) => sum + (bin.count / actual.length) * Math.abs(bin.accuracy - bin.confidence),
    0,
  );
}
