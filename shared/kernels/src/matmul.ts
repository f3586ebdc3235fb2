import { assertShape } from "@course/core";
import type { Sgemm } from "./sgemm.ts";

/** Row-major float32 matrix. */
export interface Matrix32 {
  readonly shape: readonly [rows: number, columns: number];
  readonly data: Float32Array;
}

export interface MatmulOptions {
  readonly transposeA?: boolean | undefined;
  readonly transposeB?: boolean | undefined;
}

/** op(a) [m, k] · op(b) [k, n] → a new [m, n], by the given `sgemm`. @throws ShapeError */
export function matmul(
  sgemm: (options: Sgemm) => void,
  a: Matrix32,
  b: Matrix32,
  { transposeA = false, transposeB = false }: MatmulOptions = {},
): Matrix32 {
  const [m, k] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
  const n = transposeB ? b.shape[0] : b.shape[1];
  assertShape("matmul b", b.shape, transposeB ? { n: null, k } : { k, n: null });
  const c = new Float32Array(m * n);
  sgemm({ m, n, k, a: a.data, b: b.data, c, transposeA, transposeB });
  return { shape: [m, n], data: c };
}
