import * as tf from "@tensorflow/tfjs-core";

/** Tensors of one type and shape that a piece of code left behind. */
export interface Leak {
  readonly dtype: tf.DataType;
  readonly shape: readonly number[];
  readonly count: number;
}

export interface LeakGuard {
  /**
   * The first call takes the count to keep; call it after the first epoch, when optimizers have made
   * their slots. Each later call throws if there are more tensors than that.
   */
  check(when: string): void;
}

/** Watches that the number of tensors stays constant from epoch to epoch. */
export function leakGuard(): LeakGuard {
  let first: { when: string; numTensors: number; numBytes: number } | undefined;
  return {
    check(when) {
      const { numTensors, numBytes } = tf.memory();
      first ??= { when, numTensors, numBytes };
      const more = numTensors - first.numTensors;
      if (more <= 0) return;
      throw new Error(
        `tensor leak: ${first.numTensors} tensors after ${first.when}, ${numTensors} after ${when}` +
          ` (${more} more, ${numBytes - first.numBytes} bytes): wrap the step in tf.tidy, or dispose what it makes;` +
          " findLeaks(step) names their shapes",
      );
    },
  };
}

/** The hooks of TensorFlow.js's engine through which every tensor comes and goes. */
interface TensorTracking {
  trackTensor(tensor: tf.Tensor, ...rest: unknown[]): void;
  disposeTensor(tensor: tf.Tensor): void;
}

/**
 * Runs `step` and names the tensors that it made and did not dispose. Run it once before (a first
 * step makes optimizer slots), and return nothing that should live on.
 */
export function findLeaks(step: () => void): Leak[] {
  const engine = tf.engine() as unknown as TensorTracking;
  const { trackTensor, disposeTensor } = engine;
  const alive = new Set<tf.Tensor>();
  const older = new WeakSet<tf.Tensor>(); // variables of before, which leave and come back when they get a value
  engine.trackTensor = (tensor, ...rest) => {
    trackTensor.call(engine, tensor, ...rest);
    if (!older.has(tensor)) alive.add(tensor);
  };
  engine.disposeTensor = (tensor) => {
    if (!alive.delete(tensor)) older.add(tensor);
    disposeTensor.call(engine, tensor);
  };
  try {
    step();
  } finally {
    Object.assign(engine, { trackTensor, disposeTensor });
  }
  return countByShape([...alive].filter((tensor) => !tensor.isDisposed));
}

function countByShape(tensors: readonly tf.Tensor[]): Leak[] {
  const groups = Map.groupBy(tensors, ({ dtype, shape }) => `${dtype} ${shape}`);
  return [...groups.values()].map((group) => ({
    dtype: group[0]!.dtype,
    shape: group[0]!.shape,
    count: group.length,
  }));
}
