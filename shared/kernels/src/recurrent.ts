import type { Engine, Range } from "./engine.ts";

/** Sizes of a recurrent layer over sequences x [batch, time, inputs] → [batch, time, units]. */
export interface RecurrentSizes {
  readonly batch: number;
  readonly time: number;
  readonly inputs: number;
  readonly units: number;
}

/** Units with the zeros that fill their last vector: the kernels' own arrays have so many. */
export const paddedUnits = (units: number): number => Math.ceil(units / 8) * 8;

/** A thread takes its rows of the batch through the whole sequence: one chunk each. */
export const rowsOfBatch = ({ threads }: Engine, batch: number): Range => ({
  chunksPerThread: 1,
  total: batch,
  grain: Math.ceil(batch / threads),
});

/** Addresses in the engine's workspace for blocks of so many numbers. */
export function arrange<Name extends string>(
  engine: Engine,
  lengths: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number>> {
  const bytes = (length: number) => Math.ceil((4 * length) / 128) * 128;
  const blocks = Object.entries<number>(lengths);
  let address = engine.workspace(blocks.reduce((sum, [, length]) => sum + bytes(length), 0));
  const addresses: Record<string, number> = {};
  for (const [name, length] of blocks) {
    addresses[name] = address;
    address += bytes(length);
  }
  return addresses as Record<Name, number>;
}

export interface SwapAxes {
  /** [a, b, n], its rows xRow numbers apart, by default n. */
  readonly x: number;
  readonly xRow?: number;
  /** [b, a, n], its rows yRow numbers apart, by default n, with zeros after the n-th. */
  readonly y: number;
  readonly yRow?: number;
  readonly a: number;
  readonly b: number;
  readonly n: number;
}

/** y[j, i] = x[i, j], rows of n numbers; where a or b is 1, a copy of rows. */
export function swapAxes(engine: Engine, { x, y, a, b, n, xRow = n, yRow = n }: SwapAxes): void {
  const grain = Math.ceil(8192 / Math.max(1, n));
  engine.run("swapAxes", [x, 4 * xRow, y, 4 * yRow, a, b, n], { total: a * b, grain });
}

export function fillZeros({ heap }: Engine, address: number, length: number): void {
  new Float32Array(heap.memory.buffer, address, length).fill(0);
}

/** `rows` rows of units from a caller's array into padded ones; zeros where there is no array. */
export function padRows(engine: Engine, from: number | undefined, to: number, { rows, units }: UnitRows): void {
  const padded = paddedUnits(units);
  if (from === undefined) fillZeros(engine, to, rows * padded);
  else swapAxes(engine, { x: from, y: to, yRow: padded, a: rows, b: 1, n: units });
}

/** Padded rows back into a caller's array, where there is one and it is another. */
export function unpadRows(engine: Engine, from: number, to: number | undefined, { rows, units }: UnitRows): void {
  if (to !== undefined && to !== from)
    swapAxes(engine, { x: from, xRow: paddedUnits(units), y: to, a: rows, b: 1, n: units });
}

interface UnitRows {
  readonly rows: number;
  readonly units: number;
}

export interface Weights {
  readonly rows: number;
  readonly gates: number;
  readonly units: number;
}

/**
 * A weight matrix [rows, gates·units] in padded units: itself where nothing is padded, else its copy
 * at `room`, with zero rows up to a multiple of eight.
 */
export function padWeights(engine: Engine, weights: number, room: number, { rows, gates, units }: Weights): number {
  const padded = paddedUnits(units);
  if (padded === units) return weights;
  padRows(engine, weights, room, { rows: rows * gates, units });
  fillZeros(engine, room + 4 * rows * gates * padded, (paddedUnits(rows) - rows) * gates * padded);
  return room;
}

/** Numbers in such a copy; none where nothing is padded. */
export function paddedLength({ rows, gates, units }: Weights): number {
  const padded = paddedUnits(units);
  return padded === units ? 0 : paddedUnits(rows) * gates * padded;
}
