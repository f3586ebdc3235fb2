import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { GATES, type LstmState } from "./lstm.ts";
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
import { inputGradients, sumRoom, sumRowsInto } from "./recurrent-gradients.ts";

export interface LstmGradient {
  readonly sizes: RecurrentSizes;
  /** As given to lstm. */
  readonly x: number;
  readonly kernel: number;
  readonly recurrentKernel: number;
  readonly mask?: number | undefined;
  /** As lstm left it. */
  readonly state: LstmState;
  /** Gradients to the outputs [batch, time, units] and to the last state [batch, units], by default zero. */
  readonly dy?: number | undefined;
  readonly dhLast?: number | undefined;
  readonly dcLast?: number | undefined;
  /** Written: [inputs, 4·units], [units, 4·units]. */
  readonly dKernel: number;
  readonly dRecurrentKernel: number;
  /** Written where given: [4·units], [batch, time, inputs], [batch, units]. */
  readonly dBias?: number | undefined;
  readonly dx?: number | undefined;
  readonly dh0?: number | undefined;
  readonly dc0?: number | undefined;
}

/** The gradient of lstm, back through the whole sequence. The state is left as it was. */
export function lstmGradient(engine: Engine, options: LstmGradient): void {
  const space = arrange(engine, spaceFor(options.sizes));
  backThroughTime(engine, options, space);
  weightGradients(engine, options, space);
}

/** Numbers in each array of the workspace. */
function spaceFor({ batch, time, inputs, units }: RecurrentSizes) {
  const padded = paddedUnits(units);
  const n = GATES * padded;
  const steps = time * batch;
  const kernel = paddedLength({ rows: inputs, gates: GATES, units });
  const recurrent = paddedLength({ rows: units, gates: GATES, units });
  return {
    ...{ x: steps * inputs, dx: steps * inputs, dHidden: steps * padded, dGates: steps * n },
    ...{ carry: batch * padded, dCell: batch * padded, panels: panelLength(n, padded) },
    ...{ kernel, recurrent, dKernel: kernel, dRecurrent: recurrent, dBias: n, sums: sumRoom(steps, n) },
  };
}

type Space = Readonly<Record<keyof ReturnType<typeof spaceFor>, number>>;

/** dGates, and the gradients to the initial state. */
function backThroughTime(engine: Engine, options: LstmGradient, space: Space): void {
  const { state, mask = 0, dy, recurrentKernel } = options;
  const { batch, time, units } = options.sizes;
  const padded = paddedUnits(units);
  const n = GATES * padded;
  if (dy !== undefined) swapAxes(engine, { x: dy, y: space.dHidden, yRow: padded, a: batch, b: time, n: units });
  padRows(engine, options.dhLast, space.carry, { rows: batch, units });
  padRows(engine, options.dcLast, space.dCell, { rows: batch, units });
  const recurrent = padWeights(engine, recurrentKernel, space.recurrent, { rows: units, gates: GATES, units });
  packPanels(engine, { b: recurrent, bRow: 1, bColumn: n, k: n, n: padded, panels: space.panels });
  const dHidden = dy === undefined ? 0 : space.dHidden;
  const arrays = [state.gates, space.panels, state.cells, mask, dHidden, space.carry, space.dCell] as const;
  engine.run("lstmGradient", [...arrays, space.dGates, time, batch, padded], rowsOfBatch(engine, batch));
  unpadRows(engine, space.carry, options.dh0, { rows: batch, units });
  unpadRows(engine, space.dCell, options.dc0, { rows: batch, units });
}

/** From dGates: the gradients to the weights and to x. */
function weightGradients(engine: Engine, options: LstmGradient, space: Space): void {
  const { sizes, dKernel, dRecurrentKernel, dBias, dx } = options;
  const { batch, time, inputs, units } = sizes;
  const padded = paddedUnits(units);
  const n = GATES * padded;
  const k = time * batch;
  const isPadded = padded !== units;
  const kernel = padWeights(engine, options.kernel, space.kernel, { rows: inputs, gates: GATES, units });
  const dKernelAt = isPadded ? space.dKernel : dKernel;
  const dRecurrentAt = isPadded ? space.dRecurrent : dRecurrentKernel;
  swapAxes(engine, { x: options.x, y: space.x, a: batch, b: time, n: inputs });
  const products = { x: space.x, dGates: space.dGates, kernel, dKernel: dKernelAt, dx, room: space.dx, n, sizes };
  inputGradients(engine, products);
  const strides = { aRow: 1, aColumn: padded, bRow: n, bColumn: 1, cRow: n };
  gemm(engine, { m: units, n, k, a: options.state.hidden, b: space.dGates, c: dRecurrentAt, ...strides });
  unpadRows(engine, dKernelAt, dKernel, { rows: inputs * GATES, units });
  unpadRows(engine, dRecurrentAt, dRecurrentKernel, { rows: units * GATES, units });
  if (dBias === undefined) return;
  sumRowsInto(engine, { x: space.dGates, y: space.dBias, m: k, n, room: space.sums });
  unpadRows(engine, space.dBias, dBias, { rows: GATES, units });
}
