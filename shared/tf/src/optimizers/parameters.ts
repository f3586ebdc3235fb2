import type { Site } from "@course/kernels/tfjs";
import * as tf from "@tensorflow/tfjs-core";

/** What `applyGradients` of TensorFlow.js's optimizers takes. */
type Gradients = Parameters<tf.Optimizer["applyGradients"]>[0];

/** One variable with its gradient, and its place in the list, by which optimizers know their slots. */
export interface Parameter {
  readonly variable: tf.Variable;
  readonly gradient: tf.Tensor;
  readonly index: number;
}

/** The variables to update; those without a gradient are left out, but count in the order. */
export function parametersOf(gradients: Gradients): Parameter[] {
  const named = Array.isArray(gradients)
    ? gradients
    : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor: tensor as tf.Tensor | null }));
  const { registeredVariables } = tf.engine();
  return named.flatMap(({ name, tensor: gradient }, index) =>
    gradient ? [{ variable: registeredVariables[name]!, gradient, index }] : [],
  );
}

/** A slot as TensorFlow.js's optimizers keep it. */
export interface Slot {
  readonly originalName: string;
  readonly variable: tf.Variable;
}

/** The slot of a parameter, made of zeros at its first gradient. */
export function slotOf(slots: Slot[], { variable, index }: Parameter, suffix: string): tf.Variable {
  slots[index] ??= {
    originalName: `${variable.name}/${suffix}`,
    variable: tf.tidy(() => tf.variable(tf.zerosLike(variable), false)),
  };
  return slots[index].variable;
}

/**
 * Where a variable's values lie, to be written in place. Clones share their data: if another tensor
 * shows the same values, the variable first gets a copy of its own.
 */
export function ownAddress(site: Site, variable: tf.Variable): number {
  if (site.backend.refCount(variable.dataId) > 1) {
    tf.tidy(() => variable.assign(tf.tensor(variable.dataSync(), variable.shape, variable.dtype)));
  }
  return site.address(variable);
}
