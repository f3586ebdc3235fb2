import { UserError } from "@course/core";
import type { tf } from "@course/tf";
import type { Layer } from "../src/feature-maps.ts";

/**
 * The layer of this name, or the last one before the places are lost, activation included and pooling
 * not: what it sees has the most meaning and still a place.
 *
 * @throws UserError for an unknown name, or a layer whose output is no feature maps.
 */
export function findLayer(model: tf.LayersModel, name = ""): Layer {
  const spatial = model.layers.filter(({ outputShape }) => outputShape.length === 4);
  const names = spatial.map((layer) => layer.name).join(", ");
  const layer = name
    ? spatial.find((each) => each.name === name)
    : spatial.findLast((each) => !/Pooling|Dropout/.test(each.getClassName()));
  if (layer) return layer;
  throw new UserError(`layer: expected one with feature maps (${names || "this model has none"}), received "${name}"`);
}
