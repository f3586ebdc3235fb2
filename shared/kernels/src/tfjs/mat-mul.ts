import type { TensorInfo } from "@tensorflow/tfjs-core";
import { gemm } from "../gemm.ts";
import { activate, type FusedAttributes } from "./activate.ts";
import type { Site } from "./site.ts";
import type { KernelBuilder, Tfjs } from "./training-kernel.ts";

interface MatMulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** a […, m, k] · b […, k, n] → […, m, n]; the batch axes broadcast. */
export const batchMatMul: KernelBuilder =
  (tf) =>
  (site, { inputs, attrs }) =>
    multiply(tf, site, [inputs.a!, inputs.b!], attrs as unknown as MatMulAttributes);

/** The product, plus a bias that broadcasts to it, through an activation. */
export const fusedMatMul: KernelBuilder =
  (tf) =>
  (site, { inputs, attrs }) => {
    const product = multiply(tf, site, [inputs.a!, inputs.b!], attrs as unknown as MatMulAttributes);
    return activate(site, product, inputs, attrs as unknown as FusedAttributes);
  };

function multiply(tf: Tfjs, site: Site, [a, b]: [TensorInfo, TensorInfo], attributes: MatMulAttributes): TensorInfo {
  for (const { shape } of [a, b]) tf.util.assert(shape.length >= 2, () => `Error in matMul: [${shape}] is no matrix.`);
  const left = matrixOf(a, attributes.transposeA);
  const right = matrixOf(b, attributes.transposeB);
  tf.util.assert(
    left.columns === right.rows,
    () =>
      `Error in matMul: inner shapes (${left.columns}) and (${right.rows}) of Tensors with shapes ${a.shape} and ` +
      `${b.shape} and transposeA=${attributes.transposeA} and transposeB=${attributes.transposeB} must match.`,
  );
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const out = site.output([...batch, left.rows, right.columns], a.dtype);
  const batchA = broadcastIndices(a.shape.slice(0, -2), batch);
  const batchB = broadcastIndices(b.shape.slice(0, -2), batch);
  const product = a.dtype === "float32" ? productOfFloats : productOfIntegers;
  for (let i = 0; i < batchA.length; i++)
    product(site, left, right, { a, b, out, indices: [batchA[i]!, batchB[i]!, i] });
  return out;
}

/** The last two axes, as they are multiplied; strides count elements. */
interface MatrixLayout {
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

function matrixOf({ shape }: TensorInfo, isTransposed: boolean): MatrixLayout {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return isTransposed
    ? { rows: columns, columns: rows, rowStride: 1, columnStride: columns }
    : { rows, columns, rowStride: columns, columnStride: 1 };
}

interface Operands {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
  readonly out: TensorInfo;
  /** Which matrix of a, b and out. */
  readonly indices: readonly [a: number, b: number, out: number];
}

function productOfFloats(site: Site, left: MatrixLayout, right: MatrixLayout, { a, b, out, indices }: Operands): void {
  const [m, k, n] = [left.rows, left.columns, right.columns];
  gemm(site.engine, {
    m,
    n,
    k,
    a: site.address(a) + 4 * indices[0] * m * k,
    aRow: left.rowStride,
    aColumn: left.columnStride,
    b: site.address(b) + 4 * indices[1] * k * n,
    bRow: right.rowStride,
    bColumn: right.columnStride,
    c: site.address(out) + 4 * indices[2] * m * n,
    cRow: n,
  });
}

/** Confusion matrices multiply integers; they are too few to need SIMD. */
function productOfIntegers(
  site: Site,
  left: MatrixLayout,
  right: MatrixLayout,
  { a, b, out, indices }: Operands,
): void {
  const [m, k, n] = [left.rows, left.columns, right.columns];
  const part = (tensor: TensorInfo, start: number, length: number) =>
    site.backend.typedArrayFromHeap(tensor).subarray(start, start + length);
  const [x, y] = [part(a, indices[0] * m * k, m * k), part(b, indices[1] * k * n, k * n)];
  const z = part(out, indices[2] * m * n, m * n).fill(0);
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) {
      const factor = x[i * left.rowStride + p * left.columnStride]!;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) z[i * n + j]! += factor * y[p * right.rowStride + j * right.columnStride]!;
    }
}

/** For each matrix of the broadcast `result`, which of the `shape` matrices it comes from. */
function broadcastIndices(shape: readonly number[], result: readonly number[]): number[] {
  return result.reduce<number[]>(
    (indices, size, axis) => {
      const own = shape[axis - (result.length - shape.length)] ?? 1;
      return indices.flatMap((index) => Array.from({ length: size }, (_, i) => index * own + (own === 1 ? 0 : i)));
    },
    [0],
  );
}
