import type { Engine } from "./engine.ts";

/** Columns of the widest tile: room for panels is a multiple of it. */
export const PANEL = 16;

/** Numbers in a matrix [rows, columns] in panels: the order in which tiles read their right operand. */
export const panelLength = (rows: number, columns: number): number => rows * Math.ceil(columns / PANEL) * PANEL;

export interface PackPanels {
  readonly b: number;
  /** Strides in elements: element (p, j) of B is b[p·bRow + j·bColumn]. */
  readonly bRow: number;
  readonly bColumn: number;
  readonly k: number;
  readonly n: number;
  /** Written: room for panelLength(k, n). */
  readonly panels: number;
}

/** B [k, n] into panels. */
export function packPanels(engine: Engine, { b, bRow, bColumn, k, n, panels }: PackPanels): void {
  engine.run("packPanels", [b, 4 * bRow, 4 * bColumn, k, n, panels], { total: Math.ceil(n / PANEL), grain: 1 });
}
