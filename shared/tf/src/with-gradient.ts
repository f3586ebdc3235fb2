import * as tf from "@tensorflow/tfjs-core";

/** What an operation gives, and the tensors that its gradient will need. */
export interface Result<Value extends tf.Tensor, Saved extends readonly tf.Tensor[]> {
  readonly value: Value;
  readonly saved: readonly [...Saved];
}

/**
 * An operation whose gradient is given instead of derived: TensorFlow.js's `customGrad` with types.
 *
 * ```ts
 * const cube = withGradient(
 *   (x: tf.Tensor) => ({ value: tf.pow(x, 3), saved: [x] }),
 *   (dy, x) => [tf.mul(dy, tf.mul(3, tf.square(x)))],
 * );
 * ```
 *
 * @param forward of the inputs, in the order in which the operation is called with them
 * @param gradient of the value's gradient `dy` and what was saved; returns one for each input, of its shape
 */
export function withGradient<
  Inputs extends readonly tf.Tensor[],
  Value extends tf.Tensor,
  const Saved extends readonly tf.Tensor[],
>(
  forward: (...inputs: Inputs) => Result<Value, Saved>,
  gradient: (dy: Value, ...saved: Saved) => tf.Tensor[],
): (...inputs: Inputs) => Value {
  const operation = tf.customGrad<Value>((...inputsAndSave) => {
    const save = inputsAndSave.at(-1) as tf.GradSaveFunc;
    const { value, saved } = forward(...(inputsAndSave.slice(0, -1) as unknown as Inputs));
    save([...saved]);
    return { value, gradFunc: (dy, kept) => gradient(dy, ...(kept as unknown as Saved)) };
  });
  return (...inputs) => operation(...inputs);
}
