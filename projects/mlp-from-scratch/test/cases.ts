import { type Random, uniform } from "@course/core";
import { float64 } from "../arithmetic/float64.ts";
import { Dense } from "../src/dense.ts";
import type { Tensor } from "../src/tensor.ts";
import type { StudyRun } from "../study/train-one.ts";

/** A float64 tensor from its rows. */
export function tensor(...rows: readonly (readonly number[])[]): Tensor {
  return { shape: [rows.length, rows[0]!.length], data: Float64Array.from(rows.flat()) };
}

/** [rows, columns] in [−1, 1), float64. */
export function randomTensor(rows: number, columns: number, random: Random): Tensor {
  return uniform(rows, columns, 1, random);
}

/** Σ a·b: as a loss of `a` its gradient is exactly `b`, so `b` is an arbitrary upstream gradient. */
export function dot(a: Tensor, b: Tensor): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += a.data[i] * b.data[i];
  return sum;
}

/** A dense layer in float64 with random weights and biases; no initializer is involved. */
export function randomDense(inputs: number, outputs: number, random: Random): Dense {
  const layer = new Dense(inputs, outputs, { initializer: () => {}, random, arithmetic: float64 });
  for (const { value } of layer.parameters) value.data.set(randomTensor(...value.shape, random).data);
  return layer;
}

/** A run of the study with these values; the others are 0. */
export function studyRun(values: Partial<StudyRun>): StudyRun {
  return {
    ...{ regulariser: "l2", lambda: 1, seed: 1, trainLoss: 0, validationLoss: 0, validationAccuracy: 0 },
    ...{ nearZero: 0, exactlyZero: 0, trainCurve: [], validationCurve: [] },
    ...values,
  };
}
