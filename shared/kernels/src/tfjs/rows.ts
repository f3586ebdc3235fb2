import type { TensorInfo } from "@tensorflow/tfjs-core";
import { gather, segmentSum } from "../gather.ts";
import { type Site, sizeOf } from "./site.ts";
import type { KernelBuilder } from "./training-kernel.ts";

/** x [rows, …], indices → […indices, …]: a row for each index. Along other axes, TensorFlow.js's own. */
export const gatherKernel: KernelBuilder =
  ({ util }) =>
  (site, call, stock) => {
    const { x, indices } = call.inputs as { x: TensorInfo; indices: TensorInfo };
    const { axis, batchDims } = call.attrs as { axis: number; batchDims: number };
    const isRows = util.parseAxisParam(axis, x.shape)[0] === 0 && batchDims === 0;
    const is32Bit = x.dtype === "float32" || x.dtype === "int32";
    if (!isRows || !is32Bit || indices.dtype !== "int32") return stock(call);
    const [rows, ...rest] = x.shape as [number, ...number[]];
    const out = site.output([...indices.shape, ...rest], x.dtype);
    const count = sizeOf(indices);
    const n = rest.reduce((product, size) => product * size, 1);
    const [from, ids, y] = [site.address(x), site.address(indices), site.address(out)];
    try {
      gather(site.engine, { x: from, rows, n, indices: ids, count, y });
    } catch {
      site.dispose(out);
      return stock(call); // an index is out of range: the error in TensorFlow.js's own words
    }
    return out;
  };

/**
 * x [n, …] → [numSegments, …]: row i is added to row segmentIds[i]; ids outside the range are left
 * out. The gradient of gather and of embeddings; rows are added in their order.
 */
export const unsortedSegmentSum: KernelBuilder =
  () =>
  (site, { inputs, attrs }) => {
    const { x, segmentIds } = inputs as { x: TensorInfo; segmentIds: TensorInfo };
    const { numSegments: segments } = attrs as { numSegments: number };
    const out = site.output([segments, ...x.shape.slice(segmentIds.shape.length)], x.dtype);
    if (x.dtype !== "float32") {
      sumIntegers(site, { x, segmentIds, out });
      return out;
    }
    const m = sizeOf(segmentIds);
    const [from, ids, y] = [site.address(x), site.address(segmentIds), site.address(out)];
    segmentSum(site.engine, { x: from, m, n: sizeOf(out) / segments, ids, segments, y });
    return out;
  };

function sumIntegers(site: Site, tensors: Record<"x" | "segmentIds" | "out", TensorInfo>): void {
  const values = site.backend.typedArrayFromHeap(tensors.x);
  const ids = site.backend.typedArrayFromHeap(tensors.segmentIds);
  const sums = site.backend.typedArrayFromHeap(tensors.out).fill(0);
  const segments = tensors.out.shape[0]!;
  const n = sums.length / segments;
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (id < 0 || id >= segments) continue;
    for (let j = 0; j < n; j++) sums[id * n + j]! += values[i * n + j]!;
  }
}
