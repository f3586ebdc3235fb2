import { tf } from "@course/tf";
import { classScores, featureMaps, logitsWithChange } from "../src/feature-maps.ts";
import { coarseMap, type Question } from "../src/grad-cam.ts";

const STEPS = [0.002, 0.01, 0.05, 0.25]; // in float32 a small one may drown in rounding, a large one meets more corners
const CORNER = 0.005; // of an image's usual slope: above the rounding, and above what most smooth slopes bend by

export interface MapCheck {
  /** Length of the difference relative to the map's, over all images at once. */
  readonly error: number;
  /** Share of the slopes, one of each image and channel, that were left out. */
  readonly leftOut: number;
}

/**
 * How far the Grad-CAM map is from one whose channel weights are finite differences: a whole channel is
 * raised and lowered, and the class score's change divided by the places and the step. Of several steps
 * each channel has the one at which raising and lowering agree best. Where they disagree at all of them, a
 * ReLU or max pooling has its corner at the image itself: those channels are left out on both sides. A map
 * that is a small remainder of large terms of both signs agrees less: float32 has no more digits.
 */
export function checkMap(model: tf.LayersModel, { images, classes, layer }: Question): MapCheck {
  return tf.tidy(() => {
    const { maps, gradients } = featureMaps(model, layer, { images, classes });
    const [batch, rows, columns, channels] = maps.shape;
    const scores = (channel: number, step: number) =>
      tf.tidy(() => {
        const change = onlyChannel(channel, channels, step);
        return classScores(logitsWithChange(model, images, { layer, change }), classes);
      });
    const slopes = (step: number) => {
      const changed = Array.from({ length: channels }, (_, channel) => scores(channel, step));
      return tf.stack(changed, 1).sub(scores(0, 0).expandDims(1)).div(step); // [batch, channels]
    };
    const { slope, gap } = STEPS.map((step) => {
      const [raised, lowered] = [slopes(step), slopes(-step)];
      return { slope: raised.add(lowered).div(2), gap: raised.sub(lowered).abs() };
    }).reduce((a, b) => ({ slope: tf.where(a.gap.less(b.gap), a.slope, b.slope), gap: tf.minimum(a.gap, b.gap) }));
    const usual = slope.square().mean(1, true).sqrt(); // [batch, 1]
    const isKept = gap.lessEqual(usual.mul(CORNER)).cast("float32");
    const overPlaces = (each: tf.Tensor) => each.reshape([batch, 1, 1, channels]).mul<tf.Tensor4D>(tf.onesLike(maps));
    const expected = coarseMap({ maps, gradients: overPlaces(slope.mul(isKept).div(rows * columns)) });
    const received = coarseMap({ maps, gradients: gradients.mul(overPlaces(isKept)) });
    const length = tf.maximum(expected.norm(), 1e-12); // two maps without anything are the same
    return {
      error: received.sub(expected).norm().div(length).dataSync()[0],
      leftOut: 1 - isKept.mean().dataSync()[0],
    };
  });
}

/** [1, 1, 1, channels]: `value` in one channel, 0 in the others. */
function onlyChannel(channel: number, channels: number, value: number): tf.Tensor4D {
  const values = new Float32Array(channels);
  values[channel] = value;
  return tf.tensor4d(values, [1, 1, 1, channels]);
}
