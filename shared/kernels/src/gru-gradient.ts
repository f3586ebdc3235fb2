import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { GATES, type GruState } from "./gru.ts";
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
  const space = arrange(engine, spaceFor(options.sizes));
  backThroughTime(engine, options, space);
  weightGradients(engine, options, space);
  if (options.dBias !== undefined) biasGradients(engine, options, { space, dBias: options.dBias });
}

/** Numbers in each array of the workspace. */
function spaceFor({ batch, time, inputs, units }: RecurrentSizes) {
  const padded = paddedUnits(units);
  const n = GATES * padded;
  const steps = time * batch;
  const kernel = paddedLength({ rows: inputs, gates: GATES, units });
  const recurrent = paddedLength({ rows: units, gates: GATES, units });
  return {
    ...{ x: steps * inputs, dx: steps * inputs, dHidden: steps * padded, dGates: steps * n, dInner: steps * padded },
    ...{ carry: batch * padded, panels: panelLength(2 * padded, padded), candidate: panelLength(padded, padded) },
    ...{ kernel, recurrent, dKernel: kernel, dRecurrent: recurrent, dBias: 2 * n, sums: sumRoom(steps, n) },
  };
}

type Space = Readonly<Record<keyof ReturnType<typeof spaceFor>, number>>;

/** dGates and dInner, and the gradient to the initial state. */
function backThroughTime(engine: Engine, options: GruGradient, space: Space): void {
  const { state, mask = 0, dy, recurrentKernel, resetAfter } = options;
  const { batch, time, units } = options.sizes;
  const padded = paddedUnits(units);
  const n = GATES * padded;
  if (dy !== undefined) swapAxes(engine, { x: dy, y: space.dHidden, yRow: padded, a: batch, b: time, n: units });
  padRows(engine, options.dhLast, space.carry, { rows: batch, units });
  const recurrent = padWeights(engine, recurrentKernel, space.recurrent, { rows: units, gates: GATES, units });
  const turned = { bRow: 1, bColumn: n, n: padded };
  packPanels(engine, { b: recurrent, ...turned, k: 2 * padded, panels: space.panels });
  packPanels(engine, { b: recurrent + 8 * padded, ...turned, k: padded, panels: space.candidate });
  const dHidden = dy === undefined ? 0 : space.dHidden;
  const forward = [state.gates, space.panels, space.candidate, state.hidden, state.inner, mask, +resetAfter] as const;
  const backward = [dHidden, space.carry, space.dGates, space.dInner] as const;
  engine.run("gruGradient", [...forward, ...backward, time, batch, padded], rowsOfBatch(engine, batch));
  unpadRows(engine, space.carry, options.dh0, { rows: batch, units });
}

/** From dGates and dInner: the gradients to the weight matrices and to x. */
function weightGradients(engine: Engine, options: GruGradient, space: Space): void {
  const { sizes, dKernel, dRecurrentKernel, dx } = options;
  const { batch, time, inputs, units } = sizes;
  const isPadded = paddedUnits(units) !== units;
  const n = GATES * paddedUnits(units);
  const kernel = padWeights(engine, options.kernel, space.kernel, { rows: inputs, gates: GATES, units });
  const dKernelAt = isPadded ? space.dKernel : dKernel;
  const dRecurrentAt = isPadded ? space.dRecurrent : dRecurrentKernel;
  swapAxes(engine, { x: options.x, y: space.x, a: batch, b: time, n: inputs });
  const products = { x: space.x, dGates: space.dGates, kernel, dKernel: dKernelAt, dx, room: space.dx, n, sizes };
  inputGradients(engine, products);
  recurrentGradients(engine, { ...options, dRecurrentKernel: dRecurrentAt }, space);
  unpadRows(engine, dKernelAt, dKernel, { rows: inputs * GATES, units });
  unpadRows(engine, dRecurrentAt, dRecurrentKernel, { rows: units * GATES, units });
}

function biasGradients(
  engine: Engine,
  { sizes: { batch, time, units }, resetAfter }: GruGradient,
  { space, dBias }: { readonly space: Space; readonly dBias: number },
): void {
  const padded = paddedUnits(units);
  const m = time * batch;
  sumRowsInto(engine, { x: space.dGates, y: space.dBias, m, n: GATES * padded, room: space.sums });
  unpadRows(engine, space.dBias, dBias, { rows: GATES, units });
  if (!resetAfter) return;
  // The recurrent bias: the same for z and r, the sum of du for g
  sumRowsInto(engine, { x: space.dInner, y: space.dBias + 8 * padded, m, n: padded, room: space.sums });
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
