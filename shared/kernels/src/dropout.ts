import type { Engine } from "./engine.ts";

/** The hash that a mask is made of: an element's index under the one key, its bits under the other. */
export interface DropoutKeys {
  /** int32 */
  readonly index: number;
  /** int32 */
  readonly mask: number;
}

export interface Dropout {
  readonly x: number;
  /** [count]; may be x. */
  readonly y: number;
  readonly count: number;
  /** Share that is dropped, in [0, 1). */
  readonly rate: number;
  readonly keys: DropoutKeys;
}

/** Elements that are worth a thread's while: a hash each. */
const GRAIN = 4096;

/**
 * Inverted dropout (Srivastava et al., 2014): y [count] = x / (1 − rate) where an element is kept, else x · 0, which
 * stays NaN for a NaN. Element i is kept where mix(mix(i + keys.index) ^ keys.mask), unsigned, is at least
 * `dropoutThreshold(rate)`; mix is lowbias32 (C. Wellons, 2018). The gradient to x is the same function of the gradient
 * to y.
 */
export function dropout(engine: Engine, { x, y, count, rate, keys }: Dropout): void {
  const values = [x, y, keys.index, keys.mask, dropoutThreshold(rate) | 0, 1 / (1 - rate)] as const;
  engine.run("dropout", values, { total: count, grain: GRAIN });
}

/** The least 32-bit hash that is kept: a share `rate` of all hashes lies below. */
export const dropoutThreshold = (rate: number): number => Math.min(Math.ceil(rate * 2 ** 32), 2 ** 32 - 1);
