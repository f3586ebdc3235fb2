import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { GATES, type LstmState } from "./lstm.ts";
import { packPanels, panelLength } from "./panels.ts";
import {
  arrange,
  inputGradients,
  paddedLength,
  paddedUnits,
  padRows,
  padWeights,
  type RecurrentSizes,
  rowsOfBatch,
  sumRoom,
  sumRowsInto,
  swapAxes,
  unpadRows,
} from "./recurrent.ts";

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
  const { sizes, x, state, mask = 0, dy, dKernel, dRecurrentKernel, dBias, dx } = options;
  const { batch, time, inputs, units } = sizes;
  const padded = paddedUnits(units);
  const n = GATES * padded;
  const steps = time * batch;
  const kernelSize = { rows: inputs, gates: GATES, units };
  const recurrentSize = { rows: units, gates: GATES, units };
  const space = arrange(engine, {
    ...{ x: steps * inputs, dx: steps * inputs, dHidden: steps * padded, dGates: steps * n },
    ...{
      carry: batch * padded,
      dCell: batch * padded,
      panels: panelLength(n, padded),
      dBias: n,
      sums: sumRoom(steps, n),
    },
    ...{ kernel: paddedLength(kernelSize), recurrent: paddedLength(recurrentSize) },
    ...{ dKernel: paddedLength(kernelSize), dRecurrent: paddedLength(recurrentSize) },
  });
  swapAxes(engine, { x, y: space.x, a: batch, b: time, n: inputs });
  if (dy !== undefined) swapAxes(engine, { x: dy, y: space.dHidden, yRow: padded, a: batch, b: time, n: units });
  padRows(engine, options.dhLast, space.carry, { rows: batch, units });
  padRows(engine, options.dcLast, space.dCell, { rows: batch, units });
  const recurrent = padWeights(engine, options.recurrentKernel, space.recurrent, recurrentSize);
  packPanels(engine, { b: recurrent, bRow: 1, bColumn: n, k: n, n: padded, panels: space.panels });
  const dHidden = dy === undefined ? 0 : space.dHidden;
  engine.run(
    "lstmGradient",
    [
      ...([state.gates, space.panels, state.cells, mask, dHidden, space.carry, space.dCell, space.dGates] as const),
      ...([time, batch, padded] as const),
    ],
    rowsOfBatch(engine, batch),
  );
  unpadRows(engine, space.carry, options.dh0, { rows: batch, units });
  unpadRows(engine, space.dCell, options.dc0, { rows: batch, units });

  const isPadded = padded !== units;
  const kernel = padWeights(engine, options.kernel, space.kernel, kernelSize);
  const dKernelAt = isPadded ? space.dKernel : dKernel;
  const dRecurrentAt = isPadded ? space.dRecurrent : dRecurrentKernel;
  inputGradients(engine, {
    x: space.x,
    dGates: space.dGates,
    kernel,
    dKernel: dKernelAt,
    dx,
    room: space.dx,
    n,
    sizes,
  });
  const strides = { aRow: 1, aColumn: padded, bRow: n, bColumn: 1, cRow: n };
  gemm(engine, { m: units, n, k: steps, a: state.hidden, b: space.dGates, c: dRecurrentAt, ...strides });
  unpadRows(engine, dKernelAt, dKernel, { rows: inputs * GATES, units });
  unpadRows(engine, dRecurrentAt, dRecurrentKernel, { rows: units * GATES, units });
  if (dBias === undefined) return;
  sumRowsInto(engine, { x: space.dGates, y: space.dBias, m: steps, n, room: space.sums });
  unpadRows(engine, space.dBias, dBias, { rows: GATES, units });
}
