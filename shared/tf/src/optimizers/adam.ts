import { adam as adamStep } from "@course/kernels";
import type { Site } from "@course/kernels/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { currentSite } from "../wasm.ts";
import { type Gradients, ownAddress, type Parameter, parametersOf, type Slot, slotOf } from "./parameters.ts";

/** Defaults as in Keras. */
export interface AdamOptions {
  readonly learningRate?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

export interface AdamWOptions extends AdamOptions {
  /** Share of a weight, times the learning rate, that each step takes away. */
  readonly weightDecay?: number;
  /** Which variables decay, by default those with two axes or more: not biases, not scales. */
  readonly isDecayed?: (variable: tf.Variable) => boolean;
}

/** Adam (Kingma & Ba, 2015): on the WASM backend one kernel for each variable, elsewhere TensorFlow.js's own. */
export function adam(options: AdamOptions = {}): tf.AdamOptimizer {
  return new FusedAdam({ ...options, weightDecay: 0 });
}

/** Adam with decoupled weight decay (Loshchilov & Hutter, 2019): w ← w − rate·decay·w, beside Adam's step. */
export function adamw(options: AdamWOptions = {}): tf.AdamOptimizer {
  return new FusedAdam(options);
}

/** What TensorFlow.js's Adam keeps; its types call it private. */
interface AdamState {
  readonly accumulatedFirstMoment: Slot[];
  readonly accumulatedSecondMoment: Slot[];
  readonly accBeta1: tf.Variable;
  readonly accBeta2: tf.Variable;
  iterations_: number;
}

/** Inherits TensorFlow.js's Adam, so that it fits wherever that does, and falls back to it. */
class FusedAdam extends tf.AdamOptimizer {
  static override get className(): string {
    return "Adam";
  }
  readonly #weightDecay: number;
  readonly #isDecayed: (variable: tf.Variable) => boolean;

  constructor({ learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...decay }: AdamWOptions) {
    super(learningRate, beta1, beta2, epsilon);
    this.#weightDecay = decay.weightDecay ?? 0.004;
    this.#isDecayed = decay.isDecayed ?? ((variable) => variable.rank >= 2);
  }

  override applyGradients(gradients: Gradients): void {
    const parameters = parametersOf(gradients);
    const site = currentSite();
    if (site) {
      for (const parameter of parameters) this.#step(site, parameter);
      this.incrementIterations();
    } else {
      for (const { variable } of parameters) this.#decay(variable);
      this.#catchUp();
      super.applyGradients(gradients);
    }
  }

  #step(site: Site, parameter: Parameter): void {
    const { variable, gradient } = parameter;
    const { accumulatedFirstMoment, accumulatedSecondMoment } = this as unknown as AdamState;
    adamStep(site.engine, {
      parameters: ownAddress(site, variable),
      gradients: site.address(gradient),
      count: variable.size,
      learningRate: this.learningRate,
      mean: ownAddress(site, slotOf(accumulatedFirstMoment, parameter, "m")),
      variance: ownAddress(site, slotOf(accumulatedSecondMoment, parameter, "v")),
      step: this.iterations + 1,
      beta1: this.beta1,
      beta2: this.beta2,
      epsilon: this.epsilon!,
      weightDecay: this.#isDecayed(variable) ? this.#weightDecay : 0,
    });
  }

  #decay(variable: tf.Variable): void {
    if (this.#weightDecay === 0 || !this.#isDecayed(variable)) return;
    tf.tidy(() => variable.assign(tf.mul(variable, 1 - this.learningRate * this.#weightDecay)));
  }

  /** Powers of beta, which TensorFlow.js's step needs and ours does not keep. */
  #catchUp(): void {
    const { accBeta1, accBeta2 } = this as unknown as AdamState;
    const step = this.iterations + 1;
    tf.tidy(() => {
      accBeta1.assign(tf.scalar(this.beta1 ** step));
      accBeta2.assign(tf.scalar(this.beta2 ** step));
    });
  }
}
