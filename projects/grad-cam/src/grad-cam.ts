import { tf } from "@course/tf";
import { placeOf } from "../network/place.ts";
import { type Classes, type FeatureMaps, featureMaps, type Layer } from "./feature-maps.ts";
import { upsample } from "./upsample.ts";

/** What is explained: a class of each image, seen from a layer. */
export interface Question {
  readonly images: tf.Tensor4D; // [batch, height, width, channels] in [0, 1]; stay the caller's
  readonly classes: Classes; // [batch]
  readonly layer: Layer;
}

/**
 * α [batch, 1, 1, channels]: how much a channel counts for the class, the mean over its places of
 * dy/dA (Selvaraju et al., 2017, equation 1).
 */
export function channelWeights(gradients: tf.Tensor4D): tf.Tensor4D {
  // #solution 2.1 the mean over rows and columns; keep both axes, so that the result multiplies the maps
  return tf.mean(gradients, [1, 2], true);
  // #end
}

/** [batch, rows, columns]: ReLU of the sum over channels of α·A, what speaks for the class (equation 2). */
export function coarseMap({ maps, gradients }: FeatureMaps): tf.Tensor3D {
  return tf.tidy(() => {
    // #solution 2.2 weigh the maps, add up the channels, keep what is positive
    return maps.mul(channelWeights(gradients)).sum<tf.Tensor3D>(3).relu();
    // #end
  });
}

/**
 * Grad-CAM (Selvaraju et al., 2017): where in each image a layer sees what speaks for a class.
 * Deviation: the paper stretches the map to the image; here each place of the map comes to the
 * pixel in the middle of what it sees (see `placeOf`).
 *
 * @returns [batch, height, width] flat, not negative, in units of score; all 0 where nothing speaks for the class
 */
export function gradCam(model: tf.LayersModel, { images, classes, layer }: Question): Float32Array {
  const coarse = tf.tidy(() => coarseMap(featureMaps(model, layer, { images, classes })));
  const [, height, width] = images.shape;
  const [, rows, columns] = coarse.shape;
  const place = placeOf(model, layer, [height / rows, width / columns]);
  const values = coarse.dataSync<"float32">();
  coarse.dispose();
  return upsample(values, { rows, columns, height, width, place });
}
