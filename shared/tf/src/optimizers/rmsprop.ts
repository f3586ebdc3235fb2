import { rmsprop as rmspropStep } from "@course/kernels";
import * as tf from "@tensorflow/tfjs-core";
import { withFusedStep } from "./fused-step.ts";
import { ownAddress, type Slot, slotOf } from "./parameters.ts";

/** Defaults as in Keras. */
export interface RmspropOptions {
  readonly learningRate?: number;
  /** Share of the old mean square that each step keeps. */
  readonly rho?: number;
  readonly momentum?: number;
  readonly epsilon?: number;
}

/** What TensorFlow.js's RMSProp keeps; its types call it private. */
interface RmspropState {
  readonly accumulatedMeanSquares: Slot[];
  readonly accumulatedMoments: Slot[];
}

/**
 * RMSProp (Tieleman & Hinton, 2012), not centred: s ← ρ·s + (1 − ρ)·g², v ← momentum·v + rate·g/√(s + ε),
 * w ← w − v. On the WASM backend one kernel for each variable, elsewhere TensorFlow.js's own.
 */
export function rmsprop(options: RmspropOptions = {}): tf.RMSPropOptimizer {
  const { learningRate = 1e-3, rho = 0.9, momentum = 0, epsilon = 1e-7 } = options;
  const optimizer = new tf.RMSPropOptimizer(learningRate, rho, momentum, epsilon);
  return withFusedStep(optimizer, (site, parameter, common) => {
    const { accumulatedMeanSquares, accumulatedMoments } = optimizer as unknown as RmspropState;
    const meanSquare = ownAddress(site, slotOf(accumulatedMeanSquares, parameter, "rms"));
    const velocity = ownAddress(site, slotOf(accumulatedMoments, parameter, "momentum"));
    rmspropStep(site.engine, { ...common, meanSquare, velocity, decay: rho, momentum, epsilon });
  });
}
