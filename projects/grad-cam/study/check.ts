import { tf } from "@course/tf";
import { classScores, featureMaps, logitsWithChange } from "../src/feature-maps.ts";
import { coarseMap, type Question } from "../src/grad-cam.ts";

const STEP = 0.004; // in float32 a smaller one would drown in rounding, a larger one leave the straight piece of a ReLU

/**
 * How far the Grad-CAM map is from one whose channel weights are central differences: a whole channel is
 * raised and lowered, and the class score's change divided by the places and the step. Two steps are
 * combined so that what both are off by, step², cancels.
 *
 * @returns the length of the difference relative to the map's, over all images at once: some 1e-4 for a
 *   smooth network, some 1e-3 where ReLUs and max poolings have corners within the step
 */
export function mapError(model: tf.LayersModel, question: Question): number {
  return tf.tidy(() => {
    const { maps, gradients } = featureMaps(model, question.layer, question);
    const [batch, rows, columns, channels] = maps.shape;
    const scores = (change: tf.Tensor) =>
      classScores(logitsWithChange(model, question.images, { layer: question.layer, change }), question.classes);
    const slopes = Array.from({ length: channels }, (_, channel) => {
      const slope = (step: number) => {
        const bump = onlyChannel(channel, channels, step);
        return scores(bump)
          .sub(scores(bump.neg()))
          .div(2 * step);
      };
      return slope(STEP / 2)
        .mul(4)
        .sub(slope(STEP))
        .div(3 * rows * columns);
    });
    const weights = tf.stack(slopes, 1).reshape([batch, 1, 1, channels]);
    const expected = coarseMap({ maps, gradients: weights.mul(tf.onesLike(maps)) });
    const received = coarseMap({ maps, gradients });
    return received.sub(expected).norm().div(expected.norm()).dataSync()[0];
  });
}

/** [1, 1, 1, channels]: `value` in one channel, 0 in the others. */
function onlyChannel(channel: number, channels: number, value: number): tf.Tensor4D {
  const values = new Float32Array(channels);
  values[channel] = value;
  return tf.tensor4d(values, [1, 1, 1, channels]);
}
