import type { LayersModel, layers } from "@tensorflow/tfjs-layers";
import { fuseBatchNormalization } from "./batch-normalization.ts";
import { fuseRecurrent } from "./recurrent.ts";

const FUSE: Readonly<Record<string, (layer: layers.Layer) => unknown>> = {
  BatchNormalization: fuseBatchNormalization,
  GRU: fuseRecurrent,
  LSTM: fuseRecurrent,
};

/** The layers that hold other layers: models, Bidirectional, TimeDistributed. */
interface Wrapper {
  readonly layers?: layers.Layer[];
  readonly forwardLayer?: layers.Layer;
  readonly backwardLayer?: layers.Layer;
  readonly layer?: layers.Layer;
}

/** Fuses the layers of a model that was loaded, or built with TensorFlow.js's own functions. Returns the model. */
export function fuseModel<M extends LayersModel>(model: M): M {
  for (const layer of model.layers) fuseLayer(layer);
  return model;
}

function fuseLayer(layer: layers.Layer): void {
  FUSE[layer.getClassName()]?.(layer);
  const { layers: inner = [], forwardLayer, backwardLayer, layer: wrapped } = layer as Wrapper;
  for (const each of [...inner, forwardLayer, backwardLayer, wrapped]) if (each) fuseLayer(each);
}
