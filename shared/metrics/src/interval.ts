/** A confidence interval around an estimate, all three in the unit of what is estimated. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** The share of repetitions whose interval holds the true value, in (0, 1). */
  readonly confidence: number;
}
