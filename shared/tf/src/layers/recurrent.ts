import {
  gruGradient,
  gru as gruKernel,
  gruStateLengths,
  lstmGradient,
  lstm as lstmKernel,
  lstmStateLengths,
} from "@course/kernels";
import * as tf from "@tensorflow/tfjs-core";
import { type GRULayerArgs, type LSTMLayerArgs, layers } from "@tensorflow/tfjs-layers";
import { seededInitializers } from "../seeded-initializers.ts";
import { type LayerArguments, type LayerInputs, withFusedCall } from "./fused-call.ts";
import type { RecurrentKernel } from "./recurrent-kernel.ts";
import { runRecurrent } from "./recurrent-operation.ts";

const LSTM: RecurrentKernel = {
  states: 2,
  stateLengths: lstmStateLengths,
  forward: ({ engine }, call) => lstmKernel(engine, call),
  gradient: ({ engine }, call) => lstmGradient(engine, call),
};

/** TensorFlow.js knows only the GRU whose reset gate acts before the recurrent product. */
const GRU: RecurrentKernel = {
  states: 1,
  stateLengths: gruStateLengths,
  forward: ({ engine }, call) => gruKernel(engine, { ...call, resetAfter: false }),
  gradient: ({ engine }, call) => gruGradient(engine, { ...call, resetAfter: false }),
};

/** Decides the initial values of both kernels. */
interface Seeded {
  readonly seed: number;
}

/**
 * An LSTM over sequences [batch, time, inputs] (Hochreiter & Schmidhuber, 1997): TensorFlow.js's
 * layer with Keras's defaults (sigmoid gates, forget bias of 1, seeded Glorot and orthogonal kernels),
 * computed as one operation with a gradient of its own on the WASM backend.
 */
export function lstm({ seed, ...args }: LSTMLayerArgs & Seeded): layers.Layer {
  const { glorotUniform, orthogonal } = seededInitializers(seed);
  const defaults = { recurrentActivation: "sigmoid", unitForgetBias: true } as const;
  const initial = { kernelInitializer: glorotUniform(), recurrentInitializer: orthogonal() };
  return fuseRecurrent(layers.lstm({ ...defaults, ...initial, ...args }));
}

/** A GRU (Cho et al., 2014), with the defaults of `lstm`; its reset gate acts before the recurrent product. */
export function gru({ seed, ...args }: GRULayerArgs & Seeded): layers.Layer {
  const { glorotUniform, orthogonal } = seededInitializers(seed);
  const initial = { kernelInitializer: glorotUniform(), recurrentInitializer: orthogonal() };
  return fuseRecurrent(layers.gru({ recurrentActivation: "sigmoid", ...initial, ...args }));
}

/** The parts of TensorFlow.js's recurrent layers that their types do not show. */
interface RecurrentLayer extends layers.Layer {
  readonly cell: {
    readonly kernel: { read(): tf.Tensor };
    readonly recurrentKernel: { read(): tf.Tensor };
    readonly bias: { read(): tf.Tensor } | null;
    readonly units: number;
    readonly dropout: number;
    readonly recurrentDropout: number;
    getConfig(): tf.serialization.ConfigDict;
  };
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
}

/**
 * Fuses an LSTM or GRU that exists, such as one of a loaded model. What our kernels do not cover is
 * left to TensorFlow.js: other activations, dropout inside the cell, stateful layers, masks read
 * backwards.
 */
export function fuseRecurrent(layer: layers.Layer): layers.Layer {
  const recurrent = layer as RecurrentLayer;
  const kernel = layer.getClassName() === "LSTM" ? LSTM : GRU;
  const { activation, recurrentActivation } = recurrent.cell.getConfig();
  const isCovered =
    activation === "tanh" &&
    recurrentActivation === "sigmoid" &&
    recurrent.cell.dropout === 0 &&
    recurrent.cell.recurrentDropout === 0 &&
    !recurrent.stateful;
  if (!isCovered) return layer;
  return withFusedCall(layer, (site, inputs, kwargs) => {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    const mask = maskOf(kwargs);
    if (x.rank !== 3 || x.dtype !== "float32" || (mask && recurrent.goBackwards)) return undefined;
    const returnCell = kernel.states === 2 && recurrent.returnState;
    const packed = runRecurrent(site, kernel, {
      x: recurrent.goBackwards ? tf.reverse(x, 1) : x,
      mask: mask && tf.cast(mask, "bool"),
      kernel: recurrent.cell.kernel.read(),
      recurrentKernel: recurrent.cell.recurrentKernel.read(),
      bias: recurrent.cell.bias?.read(),
      initialStates: initialStatesOf(kwargs, [kernel.states, x.shape[0]!, recurrent.cell.units]),
      returnSequences: recurrent.returnSequences,
      returnCell,
    });
    return unpack(recurrent, packed, returnCell);
  });
}

function maskOf(kwargs: LayerArguments): tf.Tensor | undefined {
  const { mask } = (kwargs ?? {}) as { mask?: tf.Tensor | tf.Tensor[] | null };
  return (Array.isArray(mask) ? mask[0] : mask) ?? undefined;
}

function initialStatesOf(kwargs: LayerArguments, [states, ...shape]: [number, number, number]): tf.Tensor[] {
  const { initialState } = (kwargs ?? {}) as { initialState?: tf.Tensor | tf.Tensor[] | null };
  if (initialState) return [initialState].flat();
  return Array.from({ length: states }, () => tf.zeros(shape));
}

/** [batch, rows, units] → the outputs, and the last states if the layer returns them. */
function unpack(
  { returnSequences, returnState, cell }: RecurrentLayer,
  packed: tf.Tensor,
  hasCell: boolean,
): LayerInputs {
  if (returnSequences && !returnState) return packed;
  const [batch, rows] = packed.shape as [number, number];
  const row = (i: number) => tf.reshape(tf.slice(packed, [0, i, 0], [batch, 1, cell.units]), [batch, cell.units]);
  const steps = rows - (hasCell ? 1 : 0);
  const output = returnSequences ? tf.slice(packed, [0, 0, 0], [batch, steps, cell.units]) : row(steps - 1);
  return returnState ? [output, row(steps - 1), ...(hasCell ? [row(steps)] : [])] : output;
}
