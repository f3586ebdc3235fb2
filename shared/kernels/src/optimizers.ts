import type { Engine } from "./engine.ts";

/** One step of an optimizer on a flat buffer; everything it names is updated in place but the gradients. */
export interface Step {
  /** [count] */
  readonly parameters: number;
  /** [count] */
  readonly gradients: number;
  readonly count: number;
  readonly learningRate: number;
}

const GRAIN = 8192;

export interface SgdStep extends Step {
  /** [count], zero before the first step. Needed where there is momentum. */
  readonly velocity?: number | undefined;
  readonly momentum?: number | undefined;
  readonly nesterov?: boolean | undefined;
  /** L2: adds weightDecay·parameter to the gradient. */
  readonly weightDecay?: number | undefined;
}

/**
 * v ← momentum·v + g; p ← p − rate·v, or with Nesterov p ← p − rate·(g + momentum·v), as
 * TensorFlow.js and PyTorch write it (Sutskever et al., 2013, up to the rate inside v).
 *
 * @throws RangeError for momentum without a velocity.
 */
export function sgd(engine: Engine, { parameters, gradients, count, learningRate, ...options }: SgdStep): void {
  const { velocity, momentum = 0, nesterov = false, weightDecay = 0 } = options;
  if (momentum === 0) {
    engine.run("sgd", [parameters, gradients, learningRate, weightDecay], { total: count, grain: GRAIN });
  } else {
    if (velocity === undefined) throw new RangeError("sgd: momentum needs a velocity buffer");
    const values = [parameters, velocity, gradients, learningRate, momentum, weightDecay] as const;
    engine.run(nesterov ? "sgdNesterov" : "sgdMomentum", values, { total: count, grain: GRAIN });
  }
}

export interface RmspropStep extends Step {
  /** [count], zero before the first step. */
  readonly meanSquare: number;
  /** [count], zero before the first step; without it there is no momentum. */
  readonly velocity?: number | undefined;
  /** Share of the old mean square that is kept, by default 0.9. */
  readonly decay?: number | undefined;
  readonly momentum?: number | undefined;
  readonly epsilon?: number | undefined;
}

/**
 * s ← decay·s + (1 − decay)·g²; v ← momentum·v + rate·g/√(s + ε); p ← p − v (Tieleman & Hinton,
 * 2012). ε stands inside the root as in TensorFlow; PyTorch adds it outside.
 */
export function rmsprop(engine: Engine, { parameters, gradients, count, learningRate, ...options }: RmspropStep): void {
  const { meanSquare, velocity, decay = 0.9, momentum = 0, epsilon = 1e-7 } = options;
  const [keep, gain] = [decay, 1 - decay];
  if (velocity !== undefined) {
    const values = [parameters, meanSquare, velocity, gradients, learningRate, keep, gain, momentum, epsilon] as const;
    engine.run("rmspropMomentum", values, { total: count, grain: GRAIN });
  } else {
    if (momentum !== 0) throw new RangeError("rmsprop: momentum needs a velocity buffer");
    engine.run("rmsprop", [parameters, meanSquare, gradients, learningRate, keep, gain, epsilon], {
      total: count,
      grain: GRAIN,
    });
  }
}

export interface AdamStep extends Step {
  /** First moment [count], zero before the first step. */
  readonly mean: number;
  /** Second moment [count], zero before the first step. */
  readonly variance: number;
  /** Number of this step, from 1. */
  readonly step: number;
  readonly beta1?: number | undefined;
  readonly beta2?: number | undefined;
  readonly epsilon?: number | undefined;
  /** Decoupled weight decay (AdamW; Loshchilov & Hutter, 2019): p ← p − rate·weightDecay·p, by default 0. */
  readonly weightDecay?: number | undefined;
}

/**
 * Adam (Kingma & Ba, 2015): p ← p − rate·m̂/(√v̂ + ε) with bias-corrected moments. The corrections
 * are folded into rate and ε, which changes rounding only.
 */
export function adam(engine: Engine, { parameters, gradients, count, learningRate, ...options }: AdamStep): void {
  const { mean, variance, step, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, weightDecay = 0 } = options;
  if (!(step >= 1)) throw new RangeError(`adam step: expected a number ≥ 1, received ${step}`);
  const correction = Math.sqrt(1 - beta2 ** step);
  const rate = (learningRate * correction) / (1 - beta1 ** step);
  const moments = [beta1, 1 - beta1, beta2, 1 - beta2] as const;
  const keep = 1 - learningRate * weightDecay;
  engine.run("adam", [parameters, mean, variance, gradients, rate, ...moments, epsilon * correction, keep], {
    total: count,
    grain: GRAIN,
  });
}
