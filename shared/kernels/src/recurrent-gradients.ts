import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";
import { type RecurrentSizes, swapAxes } from "./recurrent.ts";
import { sumInBlocks, sumWorkspaceBytes } from "./rows.ts";

export interface InputProducts {
  /** x time-major, [time·batch, inputs]. */
  readonly x: number;
  readonly dGates: number;
  /** [inputs, n] */
  readonly kernel: number;
  readonly dKernel: number;
  /** [batch, time, inputs], where wanted. */
  readonly dx: number | undefined;
  /** [time·batch, inputs], room for dx in the order of time. */
  readonly room: number;
  /** Gates times padded units. */
  readonly n: number;
  readonly sizes: RecurrentSizes;
}

/** dKernel = xᵀ·dGates and dx = dGates·kernelᵀ. */
export function inputGradients(engine: Engine, options: InputProducts): void {
  const { x, dGates, kernel, dKernel, dx, room, n, sizes } = options;
  const { batch, time, inputs } = sizes;
  const k = time * batch;
  gemm(engine, {
    m: inputs,
    n,
    k,
    a: x,
    aRow: 1,
    aColumn: inputs,
    b: dGates,
    bRow: n,
    bColumn: 1,
    c: dKernel,
    cRow: n,
  });
  if (dx === undefined) return;
  const strides = { aRow: n, aColumn: 1, bRow: 1, bColumn: n, cRow: inputs };
  gemm(engine, { m: k, n: inputs, k: n, a: dGates, b: kernel, c: room, ...strides });
  swapAxes(engine, { x: room, y: dx, a: time, b: batch, n: inputs });
}

/** y [n] = the sum over m rows of x, with its own room for the sums of blocks. */
export function sumRowsInto(
  engine: Engine,
  { x, y, m, n, room }: { x: number; y: number; m: number; n: number; room: number },
): void {
  sumInBlocks(engine, { y, m, n, workspace: room }, (sums, range) => engine.run("columnSum", [x, sums, m, n], range));
}

/** Numbers that `sumRowsInto` needs. */
export const sumRoom = (m: number, n: number): number => sumWorkspaceBytes(m, n) / 4;
