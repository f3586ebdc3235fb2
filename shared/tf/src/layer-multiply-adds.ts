import type { layers, Shape } from "@tensorflow/tfjs-layers";

/** How often each weight of a kernel is used on one example, from the layer's input and output shape. */
type Uses = (input: Shape, output: Shape) => number;

const perPlace: Uses = (_, output) => sizeOf(output.slice(0, -1)); // all axes but the channels
const perInputPlace: Uses = (input) => sizeOf(input.slice(0, -1));
const never: Uses = () => 0;

/** By class name. Images are NHWC. */
const USES: Readonly<Record<string, Uses>> = {
  Dense: perPlace,
  Conv1D: perPlace,
  Conv2D: perPlace,
  Conv3D: perPlace,
  DepthwiseConv2D: perPlace,
  SeparableConv2D: perPlace,
  Conv2DTranspose: perInputPlace,
  Conv3DTranspose: perInputPlace,
  SimpleRNN: perInputPlace,
  GRU: perInputPlace,
  LSTM: perInputPlace,
  Bidirectional: perInputPlace,
  Embedding: never, // a look-up
  PReLU: never,
};

interface Wrapper {
  readonly layer: layers.Layer;
}

/**
 * Multiplications of inputs by weights, on one example, forward.
 *
 * @param input sizes without the batch.
 * @throws Error for a layer with kernels that is none of TensorFlow.js's usual ones.
 */
export function multiplyAddsOf(layer: layers.Layer, input: Shape, output: Shape): number {
  const kind = layer.getClassName();
  if (kind === "TimeDistributed") {
    const inner = (layer as unknown as Wrapper).layer;
    return sizeOf(input.slice(0, 1)) * multiplyAddsOf(inner, input.slice(1), output.slice(1));
  }
  const kernels = layer.weights.filter(({ shape }) => shape.length > 1); // not biases, nor batch norm's
  if (kernels.length === 0) return 0;
  const uses = USES[kind];
  if (!uses)
    throw new Error(
      `model summary: expected a layer whose multiply-adds are known (${Object.keys(USES).join(", ")}), received ${kind} "${layer.name}"`,
    );
  return uses(input, output) * kernels.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** An open size counts as 1. */
function sizeOf(shape: Shape): number {
  return shape.reduce<number>((product, size) => product * (size ?? 1), 1);
}
