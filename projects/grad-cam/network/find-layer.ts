import { UserError } from "@course/core";
import type { tf } from "@course/tf";
import type { Layer } from "../src/feature-maps.ts";

/** Layers that change a map's values and nothing else: what a convolution needs to be complete. */
const COMPLETES = /^(Activation|ReLU|LeakyReLU|ELU|PReLU|ThresholdedReLU|BatchNormalization)$/;

/**
 * Of each convolution the layer at which its maps are complete: the last of the activations and
 * normalisations that follow it at once. What comes after a pooling is another, coarser map.
 */
export function completeConvolutions(model: tf.LayersModel): Layer[] {
  const completed = (layer: Layer): Layer => {
    const next = model.layers.find((each) => COMPLETES.test(each.getClassName()) && each.input === layer.output);
    return next ? completed(next) : layer;
  };
  return model.layers.filter((each) => each.getClassName().includes("Conv2D")).map(completed);
}

/**
 * The layer of this name, or the last convolution with its activation and normalisation: what it
 * sees has the most meaning and still a place.
 *
 * @throws UserError for an unknown name, or a layer whose output is no feature maps.
 */
export function findLayer(model: tf.LayersModel, name = ""): Layer {
  const computed = model.layers.filter((each) => each.getClassName() !== "InputLayer"); // the image itself is no map
  const spatial = computed.filter(({ outputShape }) => outputShape.length === 4);
  const names = spatial.map((layer) => layer.name).join(", ");
  const layer = name ? spatial.find((each) => each.name === name) : completeConvolutions(model).at(-1);
  if (layer) return layer;
  const expected = name ? "one with feature maps" : "a convolution, or the name of one with feature maps";
  throw new UserError(`layer: expected ${expected} (${names || "this model has none"}), received "${name}"`);
}
