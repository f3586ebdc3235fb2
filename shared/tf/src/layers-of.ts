import type { LayersModel, layers, Shape, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { multiplyAddsOf } from "./layer-multiply-adds.ts";

/** A row of a model summary. */
export interface LayerSummary {
  /** `conv2d_Conv2D1 (Conv2D)` */
  readonly name: string;
  /** Of one example; null is a size that the model leaves open, such as the length of a text. */
  readonly outputShape: readonly (number | null)[];
  readonly parameters: number;
  readonly trainable: number;
  /** For one example, forward; biases, activations, pooling and normalisation are not counted. */
  readonly multiplyAdds: number;
}

/** A call of a layer when the model was built; TensorFlow.js's types do not show it. */
interface Node {
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
}

/**
 * The layers of a model with what they cost: what `run.describe({ layers })` of @course/train takes.
 * A layer that the model calls twice is counted twice in multiply-adds, once in parameters. An open
 * size counts as 1: the multiply-adds of a text model are then those of one token.
 *
 * @throws Error for a layer that multiplies weights and is none of TensorFlow.js's usual ones.
 */
export function layersOf(model: LayersModel): LayerSummary[] {
  return model.layers.map((layer) => {
    const calls = callsIn(model, layer);
    const [outputShape = []] = calls[0]!.outputShapes;
    return {
      name: `${layer.name} (${layer.getClassName()})`,
      outputShape: outputShape.slice(1),
      parameters: layer.countParams(),
      trainable: layer.trainableWeights.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
      multiplyAdds: calls.reduce((sum, call) => sum + costOf(layer, call), 0),
    };
  });
}

function costOf(layer: layers.Layer, { inputShapes, outputShapes }: Node): number {
  if (!isModel(layer)) return multiplyAddsOf(layer, inputShapes[0]!.slice(1), outputShapes[0]!.slice(1));
  return layersOf(layer).reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
}

function isModel(layer: layers.Layer): layer is LayersModel {
  return "layers" in layer;
}

/** A layer may also be part of other models, whose calls are not this one's. */
function callsIn(model: LayersModel, layer: layers.Layer): Node[] {
  model.countParams(); // a Sequential is built by its first use
  const inner = (model as unknown as { model?: LayersModel }).model ?? model; // which a Sequential holds
  const { containerNodes } = inner as unknown as { containerNodes: Set<string> };
  const nodes = layer.inboundNodes as unknown as Node[];
  const calls = nodes.filter((_, i) => containerNodes.has(`${layer.name}_ib-${i}`));
  if (calls.length > 0 || !isModel(layer)) return calls;
  const shapesOf = (tensors: readonly SymbolicTensor[]) => tensors.map(({ shape }) => shape);
  return [{ inputShapes: shapesOf(layer.inputs), outputShapes: shapesOf(layer.outputs) }]; // a Sequential's first model
}

function sizeOf(shape: Shape): number {
  return shape.reduce<number>((product, size) => product * (size ?? 1), 1);
}
