import type { Site } from "@course/kernels/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import type { layers } from "@tensorflow/tfjs-layers";
import { currentSite } from "../wasm.ts";

/** What TensorFlow.js calls a layer with. */
export type LayerInputs = tf.Tensor | tf.Tensor[];
export type LayerArguments = Readonly<Record<string, unknown>>;

/** Computes a layer on our kernels, or returns undefined where it is left to TensorFlow.js. */
export type FusedCall = (site: Site, inputs: LayerInputs, kwargs: LayerArguments) => LayerInputs | undefined;

/**
 * Lets a layer of TensorFlow.js compute by `fused` where our kernels run. The layer stays what it
 * was: its weights, its configuration and what is saved of it are TensorFlow.js's own. Derivatives
 * of derivatives are left to TensorFlow.js, since ours are kernels without a derivative.
 */
export function withFusedCall<L extends layers.Layer>(layer: L, fused: FusedCall): L {
  const stock = layer.call.bind(layer);
  layer.call = (inputs, kwargs) =>
    tf.tidy(() => {
      const site = siteForLayers();
      return (site && fused(site, inputs, kwargs)) ?? stock(inputs, kwargs);
    });
  return layer;
}

/** The memory that our kernels run in, or undefined where they do not run and inside the derivative of a derivative. */
export function siteForLayers(): Site | undefined {
  const { state } = tf.engine() as unknown as { state: { gradientDepth: number } };
  return state.gradientDepth > 1 ? undefined : currentSite();
}

/** A new tensor in the backend's memory whose values are still undefined. */
export function emptyTensor(site: Site, shape: readonly number[]): tf.Tensor {
  return tf.engine().makeTensorFromTensorInfo(site.output(shape));
}
