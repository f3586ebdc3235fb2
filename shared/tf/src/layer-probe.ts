import * as tf from "@tensorflow/tfjs-core";
import { model as buildModel, type LayersModel, type SymbolicTensor } from "@tensorflow/tfjs-layers";

/** A layer's gradients and outputs for a sample: what the training doctor of @course/train looks at. */
export interface LayerReading {
  readonly name: string;
  /** Of each of its trained weights, flat. */
  readonly gradients: readonly Float32Array[];
  /** [examples, …, units] */
  readonly outputs: { readonly shape: readonly number[]; readonly data: Float32Array };
}

interface Sample {
  /** Makes the model's input, [examples, …]: 32 examples or more. It is disposed after each reading. */
  inputs(): tf.Tensor;
  /** The training loss of the model's output for them. */
  loss(output: tf.Tensor): tf.Scalar;
}

/**
 * For `run.probe({ layers })`: reads every layer that is trained, each time it is called. The model
 * runs as in prediction, so dropout and moving averages stay as they are. A weight that the loss
 * does not depend on has the gradient 0.
 */
export function layerProbe(model: LayersModel, { inputs, loss }: Sample): () => LayerReading[] {
  const layers = model.layers.filter(({ trainableWeights }) => trainableWeights.length > 0);
  const outputs = layers.map((layer) => layer.getOutputAt(0) as SymbolicTensor);
  const inspected = buildModel({ inputs: model.inputs, outputs });
  return () =>
    tf.tidy(() => {
      const x = inputs();
      const variablesOf = (layer: (typeof layers)[number]) =>
        layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const { grads } = tf.variableGrads(() => loss(model.apply(x) as tf.Tensor), layers.flatMap(variablesOf));
      const results = [inspected.apply(x)].flat() as tf.Tensor[];
      return layers.map((layer, i) => ({
        name: layer.name,
        gradients: variablesOf(layer).map(
          ({ name, size }) => grads[name]?.dataSync<"float32">() ?? new Float32Array(size),
        ),
        outputs: { shape: results[i]!.shape, data: results[i]!.dataSync<"float32">() },
      }));
    });
}
