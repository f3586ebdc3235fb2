import type { Parameter } from "./layer.ts";
import type { Tensor } from "./tensor.ts";

/** From `peak` at step 0 down to 0 at step `steps`, along half a cosine (Loshchilov & Hutter, 2017, eq. 5). */
export function cosine(peak: number, step: number, steps: number): number {
  // #solution 6.4 return the learning rate of this step
  return (peak / 2) * (1 + Math.cos((Math.PI * step) / steps));
  // #end
}

/** The gradient of L + l2 / 2 · w² with respect to w, from that of L. */
export function addL2(gradient: number, w: number, l2: number): number {
  // #solution 6.2 return it
  return gradient + l2 * w;
  // #end
}

/** w moved towards 0 by `threshold`; exactly 0 if it was nearer than that. */
export function softThreshold(w: number, threshold: number): number {
  // #solution 6.3 return the shrunk w
  return Math.sign(w) * Math.max(0, Math.abs(w) - threshold);
  // #end
}

export interface SgdOptions {
  /** Share of the velocity that is kept from one step to the next, in [0, 1). */
  readonly momentum: number;
  /** The λ of λ/2 · Σ w² and of λ · Σ |w|; both sums run over kernels, not biases. */
  readonly l2: number;
  readonly l1: number;
}

/**
 * Stochastic gradient descent with momentum (Polyak, 1964), L2 and L1:
 *
 *     v ← momentum · v + dL/dw + l2 · w
 *     w ← softThreshold(w − learningRate · v, learningRate · l1 / (1 − momentum))
 *
 * L1's slope ±l1 does not vanish near 0: a step along it jumps over 0 for ever. The soft threshold
 * is instead the exact minimum of ½ (w − w₀)² + threshold · |w|, w₀ being where the gradient led
 * (Duchi & Singer, 2009, section 5.1), and stops at 0. Where w ≠ 0 comes to rest under a gradient g, v is
 * g / (1 − momentum); so the threshold has this factor too, and g = −l1 · sign w as it must.
 */
export class Sgd {
  readonly velocities: readonly Tensor["data"][];
  readonly #parameters: readonly Parameter[];
  readonly #options: SgdOptions;

  constructor(parameters: readonly Parameter[], options: SgdOptions) {
    this.#parameters = parameters;
    this.#options = options;
    this.velocities = parameters.map(({ value }) => value.data.map(() => 0));
  }

  zeroGradients(): void {
    for (const { grad } of this.#parameters) grad.data.fill(0);
  }

  /** One update of every parameter from its grad. */
  step(learningRate: number): void {
    for (const [index, { value, grad, isRegularised }] of this.#parameters.entries()) {
      const [w, dw, v] = [value.data, grad.data, this.velocities[index]];
      const { momentum } = this.#options;
      const { l2, l1 } = isRegularised ? this.#options : { l2: 0, l1: 0 };
      // #solution 6.1 update v and w in one loop; the gradient goes through addL2 where l2 > 0
      for (let i = 0, count = w.length; i < count; i++) {
        const before = w[i];
        const velocity = momentum * v[i] + (l2 > 0 ? addL2(dw[i], before, l2) : dw[i]);
        v[i] = velocity;
        w[i] = before - learningRate * velocity;
      }
      // #end
      if (l1 > 0) {
        // #solution 6.3 shrink every w
        const threshold = (learningRate * l1) / (1 - momentum);
        for (let i = 0; i < w.length; i++) w[i] = softThreshold(w[i], threshold);
        // #end
      }
    }
  }
}
