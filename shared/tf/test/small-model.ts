import { UserError } from "@course/core";
import { expect } from "vitest";
import { seededDropout, seededInitializers, tf } from "../src/index.ts";

/** Dense, batch normalisation, dropout, dense: 43 numbers where units is 3. */
export function buildModel(units = 3, seed = 1): tf.Sequential {
  const { glorotUniform } = seededInitializers(seed);
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [2], units: 4, activation: "relu", kernelInitializer: glorotUniform() }),
      tf.layers.batchNormalization(),
      seededDropout({ rate: 0.5, seed: 3 }),
      tf.layers.dense({ units, kernelInitializer: glorotUniform() }),
    ],
  });
}

/** [2, 2] */
const x = () => tf.tensor2d([0.5, -1, 2, 3], [2, 2]);
export const predict = (model: tf.LayersModel) => [...(model.predict(x()) as tf.Tensor).dataSync()];

export async function expectUserError(promise: Promise<unknown>, message: string): Promise<void> {
  await expect(promise).rejects.toThrow(message);
  await expect(promise).rejects.toBeInstanceOf(UserError);
}
