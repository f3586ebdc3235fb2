import type { GruState, LstmState } from "@course/kernels";
import type { Site } from "@course/kernels/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { withGradient } from "../with-gradient.ts";
import { emptyTensor } from "./fused-call.ts";
import type { RecurrentKernel, RecurrentSizes } from "./recurrent-kernel.ts";

export interface Sequence {
  /** [batch, time, inputs] */
  readonly x: tf.Tensor;
  /** Bool [batch, time]; where it is 0 state and output stay as they were. */
  readonly mask: tf.Tensor | undefined;
  readonly kernel: tf.Tensor;
  readonly recurrentKernel: tf.Tensor;
  readonly bias: tf.Tensor | undefined;
  /** [batch, units] each, h first. */
  readonly initialStates: readonly tf.Tensor[];
  /** All outputs, or the last. */
  readonly returnSequences: boolean;
  /** Also an LSTM's last c. */
  readonly returnCell: boolean;
}

/**
 * Outputs and last states in one tensor [batch, rows, units], because an operation of TensorFlow.js
 * with a gradient of its own has one result: all outputs or the last one, then an LSTM's last c if asked for.
 */
export function runRecurrent(site: Site, kernel: RecurrentKernel, sequence: Sequence): tf.Tensor {
  const { x, mask, kernel: weights, recurrentKernel, bias, initialStates } = sequence;
  const [batch, time, inputs] = x.shape as [number, number, number];
  const sizes = { batch, time, inputs, units: recurrentKernel.shape[0]! };
  const stateNames = Object.keys(kernel.stateLengths(sizes));
  const operation = withGradient(
    (...inputs: tf.Tensor[]) => {
      const states = stateTensors(site, kernel, sizes);
      const value = forward(site, kernel, { sequence, sizes, states });
      const saved = [...inputs.slice(0, 3), ...(mask ? [mask] : []), ...Object.values(states)];
      return { value, saved };
    },
    (dy, ...saved) => backward(site, kernel, { dy, saved, sequence, sizes, stateNames }),
  );
  return operation(x, weights, recurrentKernel, ...(bias ? [bias] : []), ...initialStates);
}

type Tensors = Readonly<Record<string, tf.Tensor>>;

function stateTensors(site: Site, kernel: RecurrentKernel, sizes: RecurrentSizes): Tensors {
  const lengths = Object.entries(kernel.stateLengths(sizes));
  return Object.fromEntries(lengths.map(([name, length]) => [name, emptyTensor(site, [length])]));
}

/** The addresses of tensors under the same names; what is absent is left out. */
function addressesOf<T extends Readonly<Record<string, tf.Tensor | undefined>>>(site: Site, tensors: T): Addresses<T> {
  const present = Object.entries(tensors).filter((entry): entry is [string, tf.Tensor] => entry[1] !== undefined);
  return Object.fromEntries(present.map(([name, tensor]) => [name, site.address(tensor)])) as Addresses<T>;
}

type Addresses<T> = { readonly [Name in keyof T as undefined extends T[Name] ? never : Name]: number } & {
  readonly [Name in keyof T as undefined extends T[Name] ? Name : never]?: number;
};

function stateAddresses(site: Site, states: Tensors): LstmState & GruState {
  return addressesOf(site, states) as unknown as LstmState & GruState; // by the names of stateLengths
}

interface Forward {
  readonly sequence: Sequence;
  readonly sizes: RecurrentSizes;
  readonly states: Tensors;
}

function forward(site: Site, kernel: RecurrentKernel, { sequence, sizes, states }: Forward): tf.Tensor {
  const { x, mask, kernel: weights, recurrentKernel, bias, initialStates, returnSequences, returnCell } = sequence;
  const { batch, time, units } = sizes;
  const output = emptyTensor(site, [batch, returnSequences ? time : 1, units]);
  const cLast = returnCell ? emptyTensor(site, [batch, 1, units]) : undefined;
  const [h0, c0] = initialStates;
  const inputs = { x, mask, kernel: weights, recurrentKernel, bias, h0, c0 };
  const results = { y: returnSequences ? output : undefined, hLast: returnSequences ? undefined : output, cLast };
  const addresses = addressesOf(site, { ...inputs, ...results });
  kernel.forward(site, { sizes, ...addresses, state: stateAddresses(site, states) });
  return cLast ? tf.concat([output, cLast], 1) : output;
}

interface Backward {
  /** As the value: [batch, rows, units]. */
  readonly dy: tf.Tensor;
  readonly saved: readonly tf.Tensor[];
  readonly sequence: Sequence;
  readonly sizes: RecurrentSizes;
  readonly stateNames: readonly string[];
}

/** Gradients to x, kernel, recurrent kernel, bias if there is one, and initial states. */
function backward(
  site: Site,
  kernel: RecurrentKernel,
  { dy, saved, sequence, sizes, stateNames }: Backward,
): tf.Tensor[] {
  const { batch, units } = sizes;
  const rows = dy.shape[1]! - Number(sequence.returnCell);
  const [x, weights, recurrentKernel, ...rest] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[]];
  const mask = sequence.mask ? rest.shift() : undefined;
  const states = Object.fromEntries(stateNames.map((name, i) => [name, rest[i]!]));
  const dOutput = sequence.returnCell ? tf.slice(dy, [0, 0, 0], [batch, rows, units]) : dy; // a slice is a copy
  const dcLast = sequence.returnCell ? tf.slice(dy, [0, rows, 0], [batch, 1, units]) : undefined;
  const like = (tensor: tf.Tensor) => emptyTensor(site, tensor.shape);
  const [h0, c0] = sequence.initialStates as [tf.Tensor, tf.Tensor?];
  const results = {
    dx: like(x),
    dKernel: like(weights),
    dRecurrentKernel: like(recurrentKernel),
    dBias: sequence.bias && like(sequence.bias),
    dh0: like(h0),
    dc0: c0 && like(c0),
  };
  const isAll = sequence.returnSequences;
  const upstream = { dy: isAll ? dOutput : undefined, dhLast: isAll ? undefined : dOutput, dcLast };
  const inputs = { x, mask, kernel: weights, recurrentKernel, ...upstream };
  const addresses = addressesOf(site, { ...inputs, ...results });
  kernel.gradient(site, { sizes, ...addresses, state: stateAddresses(site, states) });
  return Object.values(results).filter((tensor) => tensor !== undefined);
}
