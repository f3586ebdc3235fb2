import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { GATES, type GruState } from "./gru.ts";
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

export interface GruGradient {
  readonly sizes: RecurrentSizes;
  /** As given to gru. */
  readonly x: number;
  readonly kernel: number;
  readonly recurrentKernel: number;
  readonly resetAfter: boolean;
  readonly mask?: number | undefined;
  /** As gru left it. */
  readonly state: GruState;
  /** Gradients to the outputs [batch, time, units] and to the last state [batch, units], by default zero. */
  readonly dy?: number | undefined;
  readonly dhLast?: number | undefined;
  /** Written: [inputs, 3·units], [units, 3·units]. */
  readonly dKernel: number;
  readonly dRecurrentKernel: number;
  /** Written where given: [3·units] or [2, 3·units] as the bias is, [batch, time, inputs], [batch, units]. */
  readonly dBias?: number | undefined;
  readonly dx?: number | undefined;
  readonly dh0?: number | undefined;
}

/** The gradient of gru, back through the whole sequence. The state is left as it was. */
export function gruGradient(engine: Engine, options: GruGradient): void {
  const { sizes, x, state, mask = 0, resetAfter, dy, dKernel, dRecurrentKernel, dBias, dx } = options;
  const { batch, time, inputs, units } = sizes;
  const padded = paddedUnits(units);
  const n = GATES * padded;
  const steps = time * batch;
  const kernelSize = { rows: inputs, gates: GATES, units };
  const recurrentSize = { rows: units, gates: GATES, units };
  const space = arrange(engine, {
    ...{ x: steps * inputs, dx: steps * inputs, dHidden: steps * padded, dGates: steps * n, dInner: steps * padded },
    ...{ carry: batch * padded, panels: panelLength(2 * padded, padded), candidate: panelLength(padded, padded) },
    ...{ dBias: 2 * n, sums: sumRoom(steps, n), kernel: paddedLength(kernelSize), dKernel: paddedLength(kernelSize) },
    ...{ recurrent: paddedLength(recurrentSize), dRecurrent: paddedLength(recurrentSize) },
  });
  swapAxes(engine, { x, y: space.x, a: batch, b: time, n: inputs });
  if (dy !== undefined) swapAxes(engine, { x: dy, y: space.dHidden, yRow: padded, a: batch, b: time, n: units });
  padRows(engine, options.dhLast, space.carry, { rows: batch, units });
  const recurrent = padWeights(engine, options.recurrentKernel, space.recurrent, recurrentSize);
  const turned = { bRow: 1, bColumn: n, n: padded };
  packPanels(engine, { b: recurrent, ...turned, k: 2 * padded, panels: space.panels });
  packPanels(engine, { b: recurrent + 8 * padded, ...turned, k: padded, panels: space.candidate });
  engine.run(
    "gruGradient",
    [
      ...([state.gates, space.panels, space.candidate, state.hidden, state.inner, mask, +resetAfter] as const),
      ...([
        dy === undefined ? 0 : space.dHidden,
        space.carry,
        space.dGates,
        space.dInner,
        time,
        batch,
        padded,
      ] as const),
    ],
    rowsOfBatch(engine, batch),
  );
  unpadRows(engine, space.carry, options.dh0, { rows: batch, units });

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
  recurrentGradients(engine, { ...options, dRecurrentKernel: dRecurrentAt }, space);
  unpadRows(engine, dKernelAt, dKernel, { rows: inputs * GATES, units });
  unpadRows(engine, dRecurrentAt, dRecurrentKernel, { rows: units * GATES, units });
  if (dBias === undefined) return;
  sumRowsInto(engine, { x: space.dGates, y: space.dBias, m: steps, n, room: space.sums });
  unpadRows(engine, space.dBias, dBias, { rows: GATES, units });
  if (!resetAfter) return;
  // The recurrent bias: the same for z and r, the sum of du for g
  sumRowsInto(engine, { x: space.dInner, y: space.dBias + 8 * padded, m: steps, n: padded, room: space.sums });
  unpadRows(engine, space.dBias, dBias + 4 * GATES * units, { rows: GATES, units });
}

/** dRecurrentKernel: what z and r take is the state before; what g takes is that too, or u = r·state. */
function recurrentGradients(
  engine: Engine,
  { sizes, state, resetAfter, dRecurrentKernel: c }: GruGradient,
  { dGates, dInner }: { readonly dGates: number; readonly dInner: number },
): void {
  const { batch, time, units } = sizes;
  const padded = paddedUnits(units);
  const n = GATES * padded;
  const common = { m: units, k: time * batch, aRow: 1, aColumn: padded, bColumn: 1, cRow: n };
  gemm(engine, { ...common, a: state.hidden, b: dGates, bRow: n, c, n: 2 * padded });
  const candidate = { ...common, n: padded, c: c + 8 * padded };
  if (resetAfter) gemm(engine, { ...candidate, a: state.hidden, b: dInner, bRow: padded });
  else gemm(engine, { ...candidate, a: state.inner, b: dGates + 8 * padded, bRow: n });
}
