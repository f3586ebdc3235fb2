/** The best value so far of a metric, and whether a new one improves on it. */
export class BestValue {
  /** null before the first value. */
  value: number | null = null;
  readonly #sign: 1 | -1;
  readonly #minDelta: number;

  /** @param minDelta a value must be better by more than this. @throws RangeError if it is negative. */
  constructor(mode: "max" | "min", minDelta: number) {
    if (!(minDelta >= 0)) throw new RangeError(`minDelta: expected a number from 0 up, received ${minDelta}`);
    this.#sign = mode === "max" ? 1 : -1;
    this.#minDelta = minDelta;
  }

  /** Takes the value if it improves on the best; says whether it did. @throws RangeError if it is not finite. */
  update(value: number): boolean {
    if (!Number.isFinite(value))
      throw new RangeError(`monitored metric: expected a finite number, received ${value} (has training diverged?)`);
    const isBetter = this.value === null || this.#sign * (value - this.value) > this.#minDelta;
    if (isBetter) this.value = value;
    return isBetter;
  }
}
