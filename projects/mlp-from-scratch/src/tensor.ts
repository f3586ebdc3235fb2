/** A matrix, row after row in one array: entry (i, j) is `data[i * columns + j]`. */
export interface Tensor {
  readonly shape: readonly [rows: number, columns: number];
  readonly data: Float32Array | Float64Array;
}

/** What a network computes with. */
export interface Arithmetic {
  readonly name: string;
  /** A new [rows, columns]. */
  zeros(rows: number, columns: number): Tensor;
  /** The same, to be kept as long as the program runs, where `addProduct` need not copy it from. */
  parameter(rows: number, columns: number): Tensor;
  /** c += a·b for c [m, n], a [m, k], b [k, n]. Where told so it reads a or b as its transpose, without a copy. */
  addProduct(c: Tensor, a: Tensor, b: Tensor, options?: { transposeA?: boolean; transposeB?: boolean }): void;
}
