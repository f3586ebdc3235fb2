import { createRandom } from "@course/core";
import { tf } from "@course/tf";
import { type Architecture, config } from "../src/config.ts";
import type { Images } from "../src/data.ts";

/** The default network on 28×28 grey pixels and ten classes, with these changes. */
export function architecture(changes: Partial<Architecture> = {}): Architecture {
  return { ...config.parse({}), inputShape: [28, 28, 1], numClasses: 10, ...changes };
}

/** A network of a few hundred weights, so that a test takes no time. */
export const small = (changes: Partial<Architecture> = {}) =>
  architecture({ inputShape: [12, 12, 1], features: [3], hidden: 16, ...changes });

/** Noise with labels in turn: nothing to learn but by heart. */
export function noise(count: number, { seed = 1, inputShape = [28, 28, 1], numClasses = 10 } = {}): Images {
  const random = createRandom(seed);
  const [height, width, channels] = inputShape as [number, number, number];
  return {
    images: Uint8Array.from({ length: count * height * width * channels }, () => random.integer(0, 256)),
    shape: [count, height, width, channels],
    labels: Uint8Array.from({ length: count }, (_, i) => i % numClasses),
    classes: Array.from({ length: numClasses }, (_, label) => String(label)),
  };
}

/** Images of a set as a tensor in [0, 1] that the caller disposes. */
export function tensorOf({ images, shape }: Images): tf.Tensor4D {
  return tf.tensor4d(
    Float32Array.from(images, (byte) => byte / 255),
    [...shape],
  );
}

export const weightsOf = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);
