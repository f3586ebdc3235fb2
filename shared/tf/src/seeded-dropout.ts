import { type DropoutKeys, dropout, dropoutThreshold } from "@course/kernels";
import type { Site } from "@course/kernels/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { emptyTensor, siteForLayers } from "./layers/fused-call.ts";
import { withGradient } from "./with-gradient.ts";

/** The parts of TensorFlow.js's layer constructor that this layer takes. */
export interface SeededDropoutArgs {
  /** Fraction of the inputs that is dropped, in [0, 1). */
  readonly rate: number;
  /** Give each dropout layer of a model its own, or their masks are related. */
  readonly seed: number;
  readonly name?: string;
}

/**
 * Inverted dropout (Srivastava et al., 2014): in training each input becomes 0 with probability
 * `rate`, else x / (1 − rate). TensorFlow.js's own layer repeats one mask for ever once it has a
 * seed; here the mask follows from (seed, step), and the step counts the calls in training.
 */
export function seededDropout(args: SeededDropoutArgs): SeededDropout {
  return new SeededDropout(args);
}

export class SeededDropout extends layers.Layer {
  static className = "SeededDropout";
  readonly rate: number;
  readonly seed: number;
  /** Training calls so far: with the seed, all that decides the next mask. Saved by `saveable(model)`. */
  step = 0;

  constructor({ rate, seed, ...rest }: SeededDropoutArgs) {
    super(rest);
    if (!(rate >= 0 && rate < 1)) throw new RangeError(`seededDropout rate: expected [0, 1), received ${rate}`);
    if (!Number.isSafeInteger(seed)) throw new RangeError(`seededDropout seed: expected an integer, received ${seed}`);
    this.rate = rate;
    this.seed = seed;
    this.supportsMasking = true;
  }

  /** x [any shape] → y of the same shape */
  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      if (!kwargs?.training || this.rate === 0) return x;
      const settings = { rate: this.rate, keys: dropoutKeys(this.seed, this.step++) };
      const site = siteForLayers();
      if (site && x.dtype === "float32") return dropoutOperation(site, settings)(x);
      return tf.mul(x, tf.tensor(dropoutMask(x.size, settings), x.shape));
    });
  }

  override computeOutputShape<Shape>(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate, seed: this.seed };
  }
}

tf.serialization.registerClass(SeededDropout);

export interface DropoutSettings {
  readonly rate: number;
  readonly keys: DropoutKeys;
}

/** What the masks of one layer (by its seed) and step follow from. */
export function dropoutKeys(seed: number, step: number): DropoutKeys {
  const index = mix(mix(seed | 0) + step);
  return { index, mask: mix(index ^ 0x5bd1e995) };
}

/** On our kernels: the mask is drawn again for the gradient, which is cheaper than to keep it. */
function dropoutOperation(site: Site, settings: DropoutSettings) {
  const drop = (x: tf.Tensor) => {
    const y = emptyTensor(site, x.shape);
    dropout(site.engine, { x: site.address(x), y: site.address(y), count: x.size, ...settings });
    return y;
  };
  return withGradient(
    (x: tf.Tensor) => ({ value: drop(x), saved: [] }),
    (dy) => [drop(dy)],
  );
}

/** Scaled mask of 0 and 1 / (1 − rate), the same on every machine and that of the kernel. */
export function dropoutMask(size: number, { rate, keys }: DropoutSettings): Float32Array {
  const mask = new Float32Array(size);
  const threshold = dropoutThreshold(rate);
  const kept = 1 / (1 - rate);
  for (let i = 0; i < size; i++) if (mix(mix(i + keys.index) ^ keys.mask) >>> 0 >= threshold) mask[i] = kept;
  return mask;
}

/** A bijection of 32-bit integers in which each input bit moves each output bit (lowbias32, C. Wellons, 2018). */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
