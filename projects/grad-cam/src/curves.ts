import { assertShape } from "@course/core";
import { tf } from "@course/tf";
import type { Classes } from "./feature-maps.ts";

/** Pixels in the order in which they go: the most important first, of equal ones the earlier. */
export function pixelOrder(map: Float32Array): Uint32Array {
  // #solution 4.1 all pixels' indices, sorted by falling value
  return Uint32Array.from(map.keys()).sort((a, b) => map[b] - map[a] || a - b);
  // #end
}

interface Curves {
  readonly images: Float32Array; // [count, height, width, channels] in [0, 1]
  readonly size: readonly [height: number, width: number, channels: number];
  readonly classes: Classes; // [count]
  readonly maps: Float32Array; // [count, height, width]
  readonly steps: number; // points of a curve, less one
  readonly shade: number; // what takes a pixel's place
}

/** [count][steps + 1]: the probability of the class with a share 0, 1/steps … 1 of the pixels gone, or there. */
export interface Curve {
  readonly deletion: Float32Array[];
  readonly insertion: Float32Array[];
}

/**
 * Deletion and insertion (Petsiuk et al., 2018, section 3.2): pixels go, or come, in the map's order.
 * A good map makes the probability fall early, and rise early. Deviation: insertion starts from an
 * even shade, as deletion ends there, instead of from the blurred image.
 */
export function deletionAndInsertion(model: tf.LayersModel, question: Curves): Curve {
  const { images, size, classes, maps, steps, shade } = question;
  const pixels = size[0] * size[1];
  const channels = size[2];
  assertShape("maps", [maps.length], { count·height·width: (images.length / channels) | 0 });
  const curves: Curve = { deletion: [], insertion: [] };
  for (let i = 0; i < classes.length; i++) {
    const image = images.subarray(i * pixels * channels, (i + 1) * pixels * channels);
    const order = pixelOrder(maps.subarray(i * pixels, (i + 1) * pixels));
    const series = changedImages(image, order, { steps, shade });
    const probabilities = tf.tidy(() => {
      const logits = model.apply(tf.tensor4d(series, [2 * (steps + 1), ...size])) as tf.Tensor2D;
      return logits.softmax().slice([0, classes[i]], [-1, 1]).dataSync<"float32">();
    });
    curves.deletion.push(probabilities.slice(0, steps + 1));
    curves.insertion.push(probabilities.slice(steps + 1));
  }
  return curves;
}

/** [2, steps + 1, height, width, channels]: first the image losing its pixels, then the shade getting them. */
export function changedImages(
  image: Float32Array,
  order: Uint32Array,
  { steps, shade }: { steps: number; shade: number },
): Float32Array {
  const channels = image.length / order.length;
  const series = new Float32Array(2 * (steps + 1) * image.length).fill(shade);
  for (let step = 0; step <= steps; step++) {
    const gone = Math.round((order.length * step) / steps);
    order.forEach((pixel, rank) => {
      // #solution 4.2 copy the pixel into one of the two: deletion still has those ranked after, insertion those before
      const which = rank < gone ? steps + 1 + step : step;
      const values = image.subarray(pixel * channels, (pixel + 1) * channels);
      series.set(values, which * image.length + pixel * channels);
      // #end
    });
  }
  return series;
}

/** Area under a curve of evenly spaced points from 0 to 1, by trapezoids; in the unit of its values. */
export function areaUnder(curve: ArrayLike<number>): number {
  let area = 0;
  // #solution 4.3 the mean height of each interval times its width
  for (let i = 1; i < curve.length; i++) area += (curve[i - 1] + curve[i]) / 2 / (curve.length - 1);
  // #end
  return area;
}
