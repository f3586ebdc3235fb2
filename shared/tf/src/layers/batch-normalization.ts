import { batchNorm, batchNormGradient } from "@course/kernels";
import type { Site } from "@course/kernels/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { withGradient } from "../with-gradient.ts";
import { emptyTensor, withFusedCall } from "./fused-call.ts";

export type BatchNormalizationArgs = NonNullable<Parameters<typeof layers.batchNormalization>[0]>;

/** The parts of TensorFlow.js's layer that its types do not show. */
interface BatchNormalization extends layers.Layer {
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly gamma: Weight;
  readonly beta: Weight;
  readonly movingMean: Weight;
  readonly movingVariance: Weight;
}

interface Weight {
  read(): tf.Tensor;
  write(value: tf.Tensor): unknown;
}

/**
 * Batch normalisation (Ioffe & Szegedy, 2015), TensorFlow.js's layer with Keras's defaults. In
 * training over the last axis it is one operation with a gradient of its own on the WASM backend.
 */
export function batchNormalization(args: BatchNormalizationArgs = {}): layers.Layer {
  return fuseBatchNormalization(layers.batchNormalization(args));
}

/** The same for a layer that exists, such as one of a loaded model. */
export function fuseBatchNormalization(layer: layers.Layer): layers.Layer {
  const norm = layer as BatchNormalization;
  return withFusedCall(layer, (site, inputs, { training }) => {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    const isLastAxis = norm.axis === -1 || norm.axis === x.rank - 1;
    if (!training || !isLastAxis || !norm.center || !norm.scale || x.dtype !== "float32") return undefined;
    return normalize(site, norm, x);
  });
}

/** x [batch, …, channels] → y of the same shape; moves the moving averages. */
function normalize(site: Site, layer: BatchNormalization, x: tf.Tensor): tf.Tensor {
  const channels = x.shape.at(-1)!;
  const [mean, variance] = [emptyTensor(site, [channels]), emptyTensor(site, [channels])];
  const y = normalizeOp(site, { epsilon: layer.epsilon, mean, variance })(x, layer.gamma.read(), layer.beta.read());
  moveTowards(layer.movingMean, mean, layer.momentum);
  moveTowards(layer.movingVariance, variance, layer.momentum);
  return y;
}

function moveTowards(average: Weight, value: tf.Tensor, momentum: number): void {
  tf.tidy(() => {
    const old = average.read();
    average.write(tf.sub(old, tf.mul(tf.sub(old, value), 1 - momentum)));
  });
}

interface Statistics {
  readonly epsilon: number;
  /** Written by the operation: [channels]. */
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

function normalizeOp(site: Site, { epsilon, mean, variance }: Statistics) {
  const [means, variances] = [site.address(mean), site.address(variance)];
  return withGradient(
    (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
      const value = emptyTensor(site, x.shape);
      const shape = { m: x.size / mean.size, n: mean.size, epsilon, mean: means, variance: variances };
      const [from, y] = [site.address(x), site.address(value)];
      batchNorm(site.engine, { ...shape, x: from, gamma: site.address(gamma), beta: site.address(beta), y });
      return { value, saved: [x, gamma, mean, variance] };
    },
    (dy, x, gamma, mean, variance) => gradients(site, dy, { x, gamma, mean, variance, epsilon }),
  );
}

interface Kept extends Statistics {
  readonly x: tf.Tensor;
  readonly gamma: tf.Tensor;
}

function gradients(site: Site, dy: tf.Tensor, { x, gamma, mean, variance, epsilon }: Kept): tf.Tensor[] {
  const results = [x.shape, gamma.shape, gamma.shape].map((shape) => emptyTensor(site, shape));
  const [dx, dGamma, dBeta] = results.map(site.address) as [number, number, number];
  batchNormGradient(site.engine, {
    dy: site.address(dy),
    x: site.address(x),
    m: x.size / mean.size,
    n: mean.size,
    gamma: site.address(gamma),
    mean: site.address(mean),
    variance: site.address(variance),
    epsilon,
    dx,
    dGamma,
    dBeta,
  });
  return results;
}
