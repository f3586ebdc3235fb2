import { sgd as sgdStep } from "@course/kernels";
import * as tf from "@tensorflow/tfjs-core";
import { withFusedStep } from "./fused-step.ts";
import { ownAddress, type Slot, slotOf } from "./parameters.ts";

/** Defaults as in Keras. */
export interface SgdOptions {
  readonly learningRate?: number;
  readonly momentum?: number;
  /** Looks ahead: the gradient's step is taken on top of the velocity's (Sutskever et al., 2013). */
  readonly nesterov?: boolean;
}

/** What TensorFlow.js's momentum keeps; its types call it private. */
interface SgdState {
  readonly accumulations: Slot[];
  readonly momentum: number;
  readonly useNesterov: boolean;
}

/**
 * Stochastic gradient descent: v ← momentum·v + g, w ← w − rate·v; with Nesterov w ← w − rate·(g +
 * momentum·v). While the rate stays the same this is Keras's rule, whose velocity has the rate in it.
 * On the WASM backend one kernel for each variable, elsewhere TensorFlow.js's own.
 */
export function sgd({ learningRate = 0.01, momentum = 0, nesterov = false }: SgdOptions = {}): tf.MomentumOptimizer {
  const optimizer = new tf.MomentumOptimizer(learningRate, momentum, nesterov);
  return withFusedStep(optimizer, (site, parameter, common) => {
    const { accumulations, momentum, useNesterov } = optimizer as unknown as SgdState;
    const velocity = ownAddress(site, slotOf(accumulations, parameter, "momentum"));
    sgdStep(site.engine, { ...common, momentum, nesterov: useNesterov, velocity });
  });
}
