import { sgd as sgdStep } from "@course/kernels";
import type { Site } from "@course/kernels/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { currentSite } from "../wasm.ts";
import { type Gradients, ownAddress, type Parameter, parametersOf, type Slot, slotOf } from "./parameters.ts";

/** Defaults as in Keras. */
export interface SgdOptions {
  readonly learningRate?: number;
  readonly momentum?: number;
  /** Looks ahead: the gradient's step is taken on top of the velocity's (Sutskever et al., 2013). */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent: v ← momentum·v + g, w ← w − rate·v; with Nesterov w ← w − rate·(g +
 * momentum·v). While the rate stays the same this is Keras's rule, whose velocity has the rate in it.
 * On the WASM backend one kernel for each variable.
 */
export function sgd(options: SgdOptions = {}): tf.MomentumOptimizer {
  return new FusedSgd(options);
}

/** What TensorFlow.js's momentum keeps; its types call it private. */
interface SgdState {
  readonly accumulations: Slot[];
  readonly momentum: number;
  readonly useNesterov: boolean;
}

/** Inherits TensorFlow.js's momentum, so that it fits wherever that does, and falls back to it. */
class FusedSgd extends tf.MomentumOptimizer {
  static override get className(): string {
    return "Momentum";
  }

  constructor({ learningRate = 0.01, momentum = 0, nesterov = false }: SgdOptions) {
    super(learningRate, momentum, nesterov);
  }

  override applyGradients(gradients: Gradients): void {
    const site = currentSite();
    if (!site) {
      super.applyGradients(gradients);
      return;
    }
    for (const parameter of parametersOf(gradients)) this.#step(site, parameter);
    this.incrementIterations();
  }

  #step(site: Site, parameter: Parameter): void {
    const { variable, gradient } = parameter;
    const { accumulations, momentum, useNesterov } = this as unknown as SgdState;
    sgdStep(site.engine, {
      parameters: ownAddress(site, variable),
      gradients: site.address(gradient),
      count: variable.size,
      learningRate: this.learningRate,
      momentum,
      nesterov: useNesterov,
      velocity: ownAddress(site, slotOf(accumulations, parameter, "momentum")),
    });
  }
}
