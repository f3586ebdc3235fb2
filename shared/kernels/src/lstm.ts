import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { packPanels, panelLength } from "./panels.ts";
import {
  arrange,
  paddedLength,
  paddedUnits,
  padRows,
  padWeights,
  type RecurrentSizes,
  rowsOfBatch,
  swapAxes,
  unpadRows,
} from "./recurrent.ts";

/** What the forward pass leaves for the gradient: arrays of `lstmStateLengths`. */
export interface LstmState {
  readonly gates: number;
  readonly hidden: number;
  readonly cells: number;
}

/** Numbers in each array of an LSTM's state. */
export function lstmStateLengths({ batch, time, units }: RecurrentSizes): Readonly<Record<keyof LstmState, number>> {
  const step = batch * paddedUnits(units);
  return { gates: GATES * time * step, hidden: (time + 1) * step, cells: (time + 1) * step };
}

export const GATES = 4;

export interface Lstm {
  readonly sizes: RecurrentSizes;
  /** [batch, time, inputs] */
  readonly x: number;
  /** [inputs, 4·units], gates in the order i, f, g, o. */
  readonly kernel: number;
  /** [units, 4·units] */
  readonly recurrentKernel: number;
  /** [4·units], by default zero. */
  readonly bias?: number | undefined;
  /** Initial state [batch, units], by default zero. */
  readonly h0?: number | undefined;
  readonly c0?: number | undefined;
  /** Bytes [batch, time]; where one is 0 the state and the output stay as they were. */
  readonly mask?: number | undefined;
  /** Written. */
  readonly state: LstmState;
  /** Written where given: all outputs [batch, time, units], and the last state [batch, units]. */
  readonly y?: number | undefined;
  readonly hLast?: number | undefined;
  readonly cLast?: number | undefined;
}

/**
 * An LSTM over whole sequences (Hochreiter & Schmidhuber, 1997; forget gate of Gers et al., 2000):
 * i, f, o = σ(xW + hU + b), g = tanh(xW + hU + b), c ← f·c + i·g, h ← o·tanh(c).
 */
export function lstm(engine: Engine, options: Lstm): void {
  const { sizes, x, state, y, mask = 0 } = options;
  const { batch, time, inputs, units } = sizes;
  const padded = paddedUnits(units);
  const n = GATES * padded;
  const kernelSize = { rows: inputs, gates: GATES, units };
  const recurrentSize = { rows: units, gates: GATES, units };
  const space = arrange(engine, {
    x: time * batch * inputs,
    kernel: paddedLength(kernelSize),
    recurrent: paddedLength(recurrentSize),
    bias: n,
    panels: panelLength(padded, n),
  });
  swapAxes(engine, { x, y: space.x, a: batch, b: time, n: inputs });
  const kernel = padWeights(engine, options.kernel, space.kernel, kernelSize);
  const strides = { aRow: inputs, aColumn: 1, bRow: n, bColumn: 1, cRow: n };
  gemm(engine, { m: time * batch, n, k: inputs, a: space.x, b: kernel, c: state.gates, ...strides });
  const recurrent = padWeights(engine, options.recurrentKernel, space.recurrent, recurrentSize);
  packPanels(engine, { b: recurrent, bRow: n, bColumn: 1, k: padded, n, panels: space.panels });
  padRows(engine, options.bias, space.bias, { rows: GATES, units });
  padRows(engine, options.h0, state.hidden, { rows: batch, units });
  padRows(engine, options.c0, state.cells, { rows: batch, units });
  engine.run(
    "lstm",
    [state.gates, space.bias, space.panels, state.hidden, state.cells, mask, time, batch, padded],
    rowsOfBatch(engine, batch),
  );
  const step = 4 * batch * padded;
  if (y !== undefined) swapAxes(engine, { x: state.hidden + step, xRow: padded, y, a: time, b: batch, n: units });
  unpadRows(engine, state.hidden + time * step, options.hLast, { rows: batch, units });
  unpadRows(engine, state.cells + time * step, options.cLast, { rows: batch, units });
}
