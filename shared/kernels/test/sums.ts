import { expect } from "vitest";

/** A sum in float64 with the sum of its terms' sizes. */
export class Sums {
  readonly values: Float64Array;
  readonly sizes: Float64Array;
  constructor(length: number) {
    this.values = new Float64Array(length);
    this.sizes = new Float64Array(length);
  }
  add(at: number, term: number): void {
    this.values[at] += term;
    this.sizes[at] += Math.abs(term);
  }
  /** Fails unless each value is within `roundings` rounding errors of its terms. */
  expectNear(what: string, received: Float32Array, roundings: number): void {
    expect(received).toHaveLength(this.values.length);
    const at = received.findIndex(
      (value, i) => !(Math.abs(value - this.values[i]) <= roundings * 2 ** -24 * this.sizes[i]),
    );
    if (at >= 0) expect.fail(`${what} ${at}: expected ${this.values[at]}, received ${received[at]}`);
  }
}
