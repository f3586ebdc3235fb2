import { rmsprop as rmspropStep } from "@course/kernels";
import type { Site } from "@course/kernels/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { currentSite } from "../wasm.ts";
import { type Gradients, ownAddress, type Parameter, parametersOf, type Slot, slotOf } from "./parameters.ts";

/** Defaults as in Keras. */
export interface RmspropOptions {
  readonly learningRate?: number;
  /** Share of the old mean square that each step keeps. */
  readonly rho?: number;
  readonly momentum?: number;
  readonly epsilon?: number;
}

/**
 * RMSProp (Tieleman & Hinton, 2012), not centred: s ← ρ·s + (1 − ρ)·g², v ← momentum·v + rate·g/√(s + ε),
 * w ← w − v. On the WASM backend one kernel for each variable, elsewhere TensorFlow.js's own.
 */
export function rmsprop(options: RmspropOptions = {}): tf.RMSPropOptimizer {
  return new FusedRmsprop(options);
}

/** What TensorFlow.js's RMSProp keeps; its types call it private. */
interface RmspropState {
  readonly accumulatedMeanSquares: Slot[];
  readonly accumulatedMoments: Slot[];
  /** Only for the centred kind; kept beside the others, and so saved. */
  readonly accumulatedMeanGrads: Slot[];
}

/** Inherits TensorFlow.js's RMSProp, so that it fits wherever that does, and falls back to it. */
class FusedRmsprop extends tf.RMSPropOptimizer {
  static override get className(): string {
    return "RMSProp";
  }

  constructor({ learningRate = 1e-3, rho = 0.9, momentum = 0, epsilon = 1e-7 }: RmspropOptions) {
    super(learningRate, rho, momentum, epsilon);
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
    const { accumulatedMeanSquares, accumulatedMoments } = this as unknown as RmspropState;
    rmspropStep(site.engine, {
      parameters: ownAddress(site, variable),
      gradients: site.address(gradient),
      count: variable.size,
      learningRate: this.learningRate,
      meanSquare: ownAddress(site, slotOf(accumulatedMeanSquares, parameter, "rms")),
      velocity: ownAddress(site, slotOf(accumulatedMoments, parameter, "momentum")),
      decay: this.decay,
      momentum: this.momentum,
      epsilon: this.epsilon!,
    });
  }
}
