import type { RecurrentSizes } from "../src/recurrent.ts";

/** Everything that a recurrent layer computes with, in float64; the loss may move any of it. */
export interface Problem {
  readonly x: Float64Array;
  readonly kernel: Float64Array;
  readonly recurrentKernel: Float64Array;
  readonly bias: Float64Array;
  readonly h0: Float64Array;
  readonly c0: Float64Array;
}

export interface Outcome {
  readonly y: Float64Array;
  readonly hLast: Float64Array;
  readonly cLast: Float64Array;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** row [rows]·matrix [rows, columns] at one column */
function product(
  row: (i: number) => number,
  matrix: Float64Array,
  rows: number,
  columns: number,
  column: number,
): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += row(i) * matrix[i * columns + column];
  return sum;
}

/** One step of one row of the batch: its states before → after. */
type Step = (input: (i: number) => number, h: readonly number[], c: readonly number[]) => { h: number[]; c: number[] };

function run(sizes: RecurrentSizes, { x, h0, c0 }: Problem, mask: Uint8Array | undefined, step: Step): Outcome {
  const { batch, time, inputs, units } = sizes;
  const y = new Float64Array(batch * time * units);
  const [hLast, cLast] = [new Float64Array(batch * units), new Float64Array(batch * units)];
  for (let b = 0; b < batch; b++) {
    let state = { h: [...h0.subarray(b * units, (b + 1) * units)], c: [...c0.subarray(b * units, (b + 1) * units)] };
    for (let t = 0; t < time; t++) {
      const row = b * time + t;
      if (!mask || mask[row]) state = step((i) => x[row * inputs + i], state.h, state.c);
      y.set(state.h, row * units);
    }
    hLast.set(state.h, b * units);
    cLast.set(state.c, b * units);
  }
  return { y, hLast, cLast };
}

export function lstmReference(sizes: RecurrentSizes, problem: Problem, mask?: Uint8Array): Outcome {
  const { inputs, units } = sizes;
  const { kernel, recurrentKernel, bias } = problem;
  return run(sizes, problem, mask, (input, h, c) => {
    const gate = (g: number, u: number) => {
      const column = g * units + u;
      const sum = product(input, kernel, inputs, 4 * units, column) + bias[column];
      return sum + product((i) => h[i], recurrentKernel, units, 4 * units, column);
    };
    const next = c.map((before, u) => sigmoid(gate(1, u)) * before + sigmoid(gate(0, u)) * Math.tanh(gate(2, u)));
    return { h: next.map((cell, u) => sigmoid(gate(3, u)) * Math.tanh(cell)), c: next };
  });
}

export function gruReference(sizes: RecurrentSizes, problem: Problem, resetAfter: boolean, mask?: Uint8Array): Outcome {
  const { inputs, units } = sizes;
  const { kernel, recurrentKernel, bias } = problem;
  const n = 3 * units;
  const innerBias = (column: number) => (resetAfter ? bias[n + column] : 0);
  return run(sizes, problem, mask, (input, h, c) => {
    const fromInput = (column: number) => product(input, kernel, inputs, n, column) + bias[column];
    const fromState = (column: number, state = h) =>
      product((i) => state[i], recurrentKernel, units, n, column) + innerBias(column);
    const z = h.map((_, u) => sigmoid(fromInput(u) + fromState(u)));
    const r = h.map((_, u) => sigmoid(fromInput(units + u) + fromState(units + u)));
    const resetState = h.map((value, u) => r[u] * value);
    const candidate = h.map((_, u) => {
      const column = 2 * units + u;
      const inner = resetAfter ? r[u] * fromState(column) : fromState(column, resetState);
      return Math.tanh(fromInput(column) + inner);
    });
    return { h: h.map((before, u) => z[u] * before + (1 - z[u]) * candidate[u]), c: [...c] };
  });
}
