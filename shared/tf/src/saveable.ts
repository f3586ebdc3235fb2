import { UserError } from "@course/core";
import { heapUse } from "@course/kernels/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { SeededDropout } from "./seeded-dropout.ts";

type NumericArray = Float32Array | Int32Array | Uint8Array;

/** Arrays by name and plain JSON beside them: what a checkpoint of @course/train holds. */
export interface SavedState {
  readonly arrays: Readonly<Record<string, ArrayLike<number> & ArrayBufferView>>;
  readonly json?: unknown;
  /** Of the arrays, by their names. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
}

/** What `run.track` of @course/train takes. */
export interface Saveable {
  state(): SavedState & { readonly arrays: Readonly<Record<string, NumericArray>> };
  /** Leaves the original exactly as it was when `state` was taken. Throws a UserError where it does not fit. */
  restore(state: SavedState): void;
  /** Bytes of memory that TensorFlow.js has taken, and the most it can have; undefined where that is not known. */
  memory?(): { readonly bytes: number; readonly limit: number } | undefined;
}

/**
 * A model's weights (moving averages included) and the steps of its seeded dropout layers; or a
 * list of variables. Weights are known by their place and last name, so that a model built anew in
 * another process fits.
 */
export function saveable(target: LayersModel | readonly tf.Variable[]): Saveable {
  const dropouts = "layers" in target ? target.layers.filter((layer) => layer instanceof SeededDropout) : [];
  return {
    state() {
      const variables = [...variablesOf(target)];
      return {
        arrays: Object.fromEntries(variables.map(([key, variable]) => [key, readVariable(variable)])),
        shapes: Object.fromEntries(variables.map(([key, { shape }]) => [key, shape])),
        json: { dropoutSteps: dropouts.map((layer) => layer.step) },
      };
    },
    restore({ arrays, json }) {
      const variables = variablesOf(target);
      assertSameNames(Object.keys(arrays), [...variables.keys()]);
      for (const [key, variable] of variables) writeVariable(key, variable, arrays[key]!);
      const steps = (json as { dropoutSteps: number[] }).dropoutSteps;
      dropouts.forEach((layer, i) => {
        layer.step = steps[i]!;
      });
    },
    memory: () => (tf.getBackend() === "wasm" ? heapUse(tf.backend() as BackendWasm) : undefined),
  };
}

function variablesOf(target: LayersModel | readonly tf.Variable[]): Map<string, tf.Variable> {
  const variables = "layers" in target ? target.weights.map((weight) => weight.read() as tf.Variable) : target;
  return new Map(variables.map((variable, i) => [`${i}/${lastName(variable)}`, variable]));
}

/** "dense_1/kernel_2" → "kernel"; TensorFlow.js calls a variable without a name by a running number. */
function lastName({ name }: tf.Variable): string {
  const last = name.split("/").at(-1)!.replace(/_\d+$/, "");
  return /^\d+$/.test(last) ? "variable" : last;
}

function assertSameNames(received: readonly string[], expected: readonly string[]): void {
  const missing = expected.filter((name) => !received.includes(name));
  if (missing.length === 0 && received.length === expected.length) return;
  throw new UserError(
    `checkpoint of a model: expected ${expected.length} arrays [${expected.join(", ")}], received ${received.length} [${received.join(", ")}] (another model, or other settings than when it was saved?)`,
  );
}

/** A copy of a variable's values. */
export function readVariable(variable: tf.Variable): NumericArray {
  return variable.dataSync() as NumericArray;
}

/** Overwrites a variable with saved values. Throws a UserError if there are more or fewer of them. */
export function writeVariable(what: string, variable: tf.Variable, values: ArrayLike<number> & ArrayBufferView): void {
  if (values.length !== variable.size) {
    throw new UserError(
      `checkpoint, ${what}: expected ${variable.size} values for shape [${variable.shape.join(", ")}], received ${values.length} (another model, or other settings than when it was saved?)`,
    );
  }
  tf.tidy(() => variable.assign(tf.tensor(values as tf.TypedArray, variable.shape, variable.dtype)));
}
