import { assertShape } from "@course/core";
import type { Arrays } from "./arrays.ts";
import type { Engine } from "./engine.ts";
import { gemm } from "./gemm.ts";

export interface Sgemm {
  /** Rows of op(a) and c. */
  readonly m: number;
  /** Columns of op(b) and c. */
  readonly n: number;
  /** Columns of op(a), rows of op(b). */
  readonly k: number;
  /** [m, k], or [k, m] where transposeA. Row-major, as all three. */
  readonly a: Float32Array;
  /** [k, n], or [n, k] where transposeB. */
  readonly b: Float32Array;
  /** [m, n]; must not overlap a or b. */
  readonly c: Float32Array;
  readonly transposeA?: boolean | undefined;
  readonly transposeB?: boolean | undefined;
  /** Adds the product to c instead of replacing it. */
  readonly accumulate?: boolean | undefined;
}

/**
 * c [m, n] = op(a)·op(b) (+ c), the single-precision matrix product of BLAS without its factors
 * alpha and beta. Rounding: see `gemm`. Arrays of `kernels.allocate` are used in place.
 *
 * @throws ShapeError for an array of another length; RangeError for a size that is no count, or
 * where c overlaps an operand.
 */
export function sgemm(engine: Engine, arrays: Arrays, options: Sgemm): void {
  const { m, n, k, a, b, c, transposeA = false, transposeB = false, accumulate = false } = options;
  assertCount("m", m);
  assertCount("n", n);
  assertCount("k", k);
  assertShape("sgemm a", [a.length], { m·k: m * k });
  assertShape("sgemm b", [b.length], { k·n: k * n });
  assertShape("sgemm c", [c.length], { m·n: m * n });
  assertApart("a", a, c);
  assertApart("b", b, c);
  const [aRow, aColumn] = transposeA ? [1, m] : [k, 1];
  const [bRow, bColumn] = transposeB ? [1, k] : [n, 1];
  arrays.withAddresses([a, b], c, accumulate, ([aAt, bAt], cAt) => {
    gemm(engine, { m, n, k, a: aAt, aRow, aColumn, b: bAt, bRow, bColumn, c: cAt, cRow: n, accumulate });
  });
}

function assertCount(name: string, size: number): void {
  if (Number.isSafeInteger(size) && size >= 0) return;
  throw new RangeError(`sgemm ${name}: expected a whole number ≥ 0, received ${size}`);
}

function assertApart(name: string, operand: Float32Array, c: Float32Array): void {
  if (operand.buffer !== c.buffer) return;
  const overlaps =
    operand.byteOffset < c.byteOffset + c.byteLength && c.byteOffset < operand.byteOffset + operand.byteLength;
  if (overlaps) throw new RangeError(`sgemm: c overlaps ${name}: give the result an array of its own`);
}
