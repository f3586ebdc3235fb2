import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { packPanels, panelLength } from "./panels.ts";
import {
  arrange,
  fillZeros,
  paddedLength,
  paddedUnits,
  padRows,
  padWeights,
  type RecurrentSizes,
  rowsOfBatch,
  swapAxes,
  unpadRows,
} from "./recurrent.ts";

/** What the forward pass leaves for the gradient: arrays of `gruStateLengths`. */
export interface GruState {
  readonly gates: number;
  readonly hidden: number;
  readonly inner: number;
}

export const GATES = 3;

/** Numbers in each array of a GRU's state. */
export function gruStateLengths({ batch, time, units }: RecurrentSizes): Readonly<Record<keyof GruState, number>> {
  const step = batch * paddedUnits(units);
  return { gates: GATES * time * step, hidden: (time + 1) * step, inner: time * step };
}

export interface Gru {
  readonly sizes: RecurrentSizes;
  /** [batch, time, inputs] */
  readonly x: number;
  /** [inputs, 3·units], gates in the order z, r, g. */
  readonly kernel: number;
  /** [units, 3·units] */
  readonly recurrentKernel: number;
  /** [3·units], or [2, 3·units] where resetAfter: of the input and of the recurrent product. */
  readonly bias?: number | undefined;
  /** Whether the reset gate acts on the recurrent product (Keras's default) or on the state before it. */
  readonly resetAfter: boolean;
  /** Initial state [batch, units], by default zero. */
  readonly h0?: number | undefined;
  /** Bytes [batch, time]; where one is 0 the state and the output stay as they were. */
  readonly mask?: number | undefined;
  /** Written. */
  readonly state: GruState;
  /** Written where given: all outputs [batch, time, units], and the last state [batch, units]. */
  readonly y?: number | undefined;
  readonly hLast?: number | undefined;
}

/**
 * A GRU over whole sequences (Cho et al., 2014): z, r = σ(xW + hU + b), h ← z·h + (1 − z)·g with
 * g = tanh(xW + b + (r·h)U), or where resetAfter g = tanh(xW + b + r·(hU + b')).
 */
export function gru(engine: Engine, options: Gru): void {
  const { sizes, x, state, y, mask = 0, resetAfter } = options;
  const { batch, time, inputs, units } = sizes;
  const padded = paddedUnits(units);
  const n = GATES * padded;
  const kernelSize = { rows: inputs, gates: GATES, units };
  const recurrentSize = { rows: units, gates: GATES, units };
  const space = arrange(engine, {
    ...{ x: time * batch * inputs, kernel: paddedLength(kernelSize), recurrent: paddedLength(recurrentSize) },
    ...{ bias: 2 * n, panels: panelLength(padded, 2 * padded), candidate: panelLength(padded, padded) },
  });
  swapAxes(engine, { x, y: space.x, a: batch, b: time, n: inputs });
  const kernel = padWeights(engine, options.kernel, space.kernel, kernelSize);
  const strides = { aRow: inputs, aColumn: 1, bRow: n, bColumn: 1, cRow: n };
  gemm(engine, { m: time * batch, n, k: inputs, a: space.x, b: kernel, c: state.gates, ...strides });
  const recurrent = padWeights(engine, options.recurrentKernel, space.recurrent, recurrentSize);
  const rows = { bRow: n, bColumn: 1, k: padded };
  packPanels(engine, { b: recurrent, ...rows, n: 2 * padded, panels: space.panels });
  packPanels(engine, { b: recurrent + 8 * padded, ...rows, n: padded, panels: space.candidate });
  const innerBias = prepareBias(engine, options, space.bias);
  padRows(engine, options.h0, state.hidden, { rows: batch, units });
  engine.run(
    "gru",
    [
      ...([state.gates, space.bias, innerBias, space.panels, space.candidate, state.hidden, state.inner] as const),
      ...([mask, +resetAfter, time, batch, padded] as const),
    ],
    rowsOfBatch(engine, batch),
  );
  const step = 4 * batch * padded;
  if (y !== undefined) swapAxes(engine, { x: state.hidden + step, xRow: padded, y, a: time, b: batch, n: units });
  unpadRows(engine, state.hidden + time * step, options.hLast, { rows: batch, units });
}

/** Both rows of the bias at `to`, what belongs to z and r added up in the first; returns the address of g's in the second. */
function prepareBias(engine: Engine, { bias, resetAfter, sizes: { units } }: Gru, to: number): number {
  const n = GATES * paddedUnits(units);
  padRows(engine, bias, to, { rows: resetAfter ? 2 * GATES : GATES, units });
  if (!resetAfter) fillZeros(engine, to + 4 * n, n);
  const both = new Float32Array(engine.heap.memory.buffer, to, 2 * n);
  const shared = 2 * paddedUnits(units);
  for (let i = 0; i < shared; i++) both[i] += both[n + i];
  return to + 4 * (n + shared);
}
