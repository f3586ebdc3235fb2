import { tf } from "@course/tf";
import { type Classes, classScores } from "./feature-maps.ts";

interface Images {
  readonly images: tf.Tensor4D; // [batch, height, width, channels] in [0, 1]
  readonly classes: Classes;
}

/**
 * The gradient map, |dy/dx|, of several channels the largest (Simonyan et al., 2014, section 3):
 * pixels that the class score is most sensitive to. [batch, height, width] flat.
 */
export function gradientMap(model: tf.LayersModel, { images, classes }: Images): Float32Array {
  return tf.tidy(() => {
    // #solution 3.1 tf.grad of the sum of the class scores as a function of the images; its size, the largest channel
    const scores = (x: tf.Tensor) => classScores(model.apply(x) as tf.Tensor2D, classes).sum();
    return tf.grad(scores)(images).abs().max(3).dataSync<"float32">();
    // #end
  });
}

interface Occlusion extends Images {
  readonly patch: number; // side of the grey square in pixels
  readonly stride: number; // pixels from one square to the next
  readonly shade: number; // what covers a pixel, in [0, 1]
}

/**
 * The occlusion map: how much the class score falls when a square covers a pixel, the mean over the
 * squares that do (Zeiler & Fergus, 2014, section 4.2). Negative where covering helps the class.
 * [batch, height, width] flat. A forward pass for each square: slow on large images.
 */
export function occlusionMap(model: tf.LayersModel, question: Occlusion): Float32Array {
  const { images, classes, patch, stride, shade } = question;
  const [batch, height, width] = images.shape;
  const [total, covers] = [new Float32Array(batch * height * width), new Float32Array(height * width)];
  const scoresOf = (x: tf.Tensor4D) =>
    tf.tidy(() => classScores(model.apply(x) as tf.Tensor2D, classes).dataSync<"float32">());
  const whole = scoresOf(images);
  const step = Math.min(stride, patch); // or pixels between two squares would stay uncovered
  for (const top of starts(height, patch, step))
    for (const left of starts(width, patch, step)) {
      const square = squareMask([height, width], { top, left, patch });
      const scores = tf.tidy(() => {
        const mask = tf.tensor4d(square, [1, height, width, 1]);
        return scoresOf(images.mul(tf.sub(1, mask)).add(mask.mul(shade)));
      });
      // #solution 3.2 to every covered pixel: add each image's fall in score to total, and count the square in covers
      square.forEach((isCovered, pixel) => {
        if (!isCovered) return;
        covers[pixel]++;
        whole.forEach((score, i) => {
          total[i * height * width + pixel] += score - scores[i];
        });
      });
      // #end
    }
  return total.map((sum, i) => sum / covers[i % (height * width)]);
}

/** Every `stride` pixels, and where the last square ends with the image. */
function starts(length: number, patch: number, stride: number): number[] {
  const last = Math.max(0, length - patch);
  return [...Array.from({ length: Math.ceil(last / stride) }, (_, i) => i * stride), last];
}

/** [height, width] flat: 1 where the square lies. */
function squareMask([height, width]: [number, number], square: { top: number; left: number; patch: number }) {
  const { top, left, patch } = square;
  const mask = new Float32Array(height * width);
  for (let y = top; y < Math.min(top + patch, height); y++)
    mask.fill(1, y * width + left, y * width + Math.min(left + patch, width));
  return mask;
}
