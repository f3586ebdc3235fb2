import type { Engine } from "./engine.ts";
import { grain } from "./rows.ts";

/** Where rows lie: an address, and the numbers from one block to the next and from one row of a block to the next. */
export interface Strided {
  readonly at: number;
  readonly outer: number;
  /** Negative for rows that are read from the last to the first. */
  readonly row: number;
}

export interface CopyRows {
  readonly x: Strided;
  readonly y: Strided;
  readonly outer: number;
  readonly rows: number;
  readonly n: number;
}

/** Copies [outer, rows, n] numbers of 32 bits from one layout into another; they must not overlap. */
export function copyRows(engine: Engine, { x, y, outer, rows, n }: CopyRows): void {
  const bytes = ({ at, outer: block, row }: Strided) => [at, 4 * block, 4 * row] as const;
  const range = { total: n === 0 ? 0 : outer * rows, grain: grain(n) };
  engine.run("copyRows", [...bytes(x), ...bytes(y), rows, n], range);
}
