import { adam as adamStep } from "@course/kernels";
import * as tf from "@tensorflow/tfjs-core";
import { withFusedStep } from "./fused-step.ts";
import { ownAddress, type Slot, slotOf } from "./parameters.ts";

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

/** What TensorFlow.js's Adam keeps; its types call it private. */
interface AdamState {
  readonly accumulatedFirstMoment: Slot[];
  readonly accumulatedSecondMoment: Slot[];
  readonly accBeta1: tf.Variable;
  readonly accBeta2: tf.Variable;
  readonly learningRate: number;
}

/** Adam (Kingma & Ba, 2015): on the WASM backend one kernel for each variable, elsewhere TensorFlow.js's own. */
export function adam(options: AdamOptions = {}): tf.AdamOptimizer {
  return adamw({ ...options, weightDecay: 0 });
}

/** Adam with decoupled weight decay (Loshchilov & Hutter, 2019): w ← w − rate·decay·w, beside Adam's step. */
export function adamw(options: AdamWOptions = {}): tf.AdamOptimizer {
  const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
  const { weightDecay = 0.004, isDecayed = ({ rank }: tf.Variable) => rank >= 2 } = options;
  const decayOf = (variable: tf.Variable) => (isDecayed(variable) ? weightDecay : 0);
  const optimizer = new tf.AdamOptimizer(learningRate, beta1, beta2, epsilon);
  const state = optimizer as unknown as AdamState;
  return withFusedStep(
    optimizer,
    (site, parameter, common) => {
      const mean = ownAddress(site, slotOf(state.accumulatedFirstMoment, parameter, "m"));
      const variance = ownAddress(site, slotOf(state.accumulatedSecondMoment, parameter, "v"));
      const step = optimizer.iterations + 1;
      const decay = decayOf(parameter.variable);
      adamStep(site.engine, { ...common, mean, variance, step, beta1, beta2, epsilon, weightDecay: decay });
    },
    (parameters) =>
      tf.tidy(() => {
        for (const { variable } of parameters)
          if (decayOf(variable) !== 0) variable.assign(tf.mul(variable, 1 - state.learningRate * decayOf(variable)));
        const step = optimizer.iterations + 1;
        state.accBeta1.assign(tf.scalar(beta1 ** step)); // powers that TensorFlow.js's step needs and ours does not keep
        state.accBeta2.assign(tf.scalar(beta2 ** step));
      }),
  );
}
