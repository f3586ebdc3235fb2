import type { TensorInfo } from "@tensorflow/tfjs-core";
import { copyRows } from "../copy-rows.ts";
import type { Site } from "./site.ts";
import type { KernelBuilder } from "./training-kernel.ts";

// TensorFlow.js's own kernels for these copy in JavaScript, one number or row after another.

const is32Bit = ({ dtype }: TensorInfo) => dtype === "float32" || dtype === "int32";
const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1);

/** A part of x. Where begin and size reach out of x, TensorFlow.js's own reads behind it. */
export const sliceKernel: KernelBuilder =
  ({ slice_util }) =>
  (site, call, stock) => {
    const { x } = call.inputs as { x: TensorInfo };
    const given = call.attrs as { begin: number | number[]; size: number | number[] };
    const [begin, size] = slice_util.parseSliceParams(x, given.begin, given.size) as [number[], number[]];
    slice_util.assertParamsValid(x, begin, size);
    const cuts = joinAxes(x.shape, begin, size);
    if (!is32Bit(x) || cuts.length > 3) return stock(call);
    const out = site.output(size, x.dtype);
    const whole = { whole: 1, begin: 0, size: 1 };
    const [outer, rows, n] = [whole, whole, whole, ...cuts].slice(-3) as [Cut, Cut, Cut];
    const start = (outer.begin * rows.whole + rows.begin) * n.whole + n.begin;
    copyRows(site.engine, {
      x: { at: site.address(x) + 4 * start, outer: rows.whole * n.whole, row: n.whole },
      y: { at: site.address(out), outer: rows.size * n.size, row: n.size },
      ...{ outer: outer.size, rows: rows.size, n: n.size },
    });
    return out;
  };

/** What is taken of an axis, or of several that lie in memory as one. */
interface Cut {
  readonly whole: number;
  readonly begin: number;
  readonly size: number;
}

/** An axis that is taken whole belongs to the one before it. */
function joinAxes(shape: readonly number[], begin: readonly number[], size: readonly number[]): Cut[] {
  const cuts: Cut[] = [];
  shape.forEach((whole, axis) => {
    const own = { whole, begin: begin[axis]!, size: size[axis]! };
    const before = own.size === whole ? cuts.pop() : undefined;
    cuts.push(before ? { whole: before.whole * whole, begin: before.begin * whole, size: before.size * whole } : own);
  });
  return cuts;
}

/** Tensors [before…, its own, after…] side by side. */
export const concatKernel: KernelBuilder =
  ({ backend_util, util }) =>
  (site, call, stock) => {
    const inputs = Object.values(call.inputs) as TensorInfo[];
    const shapes = inputs.map(({ shape }) => shape);
    const axis = util.parseAxisParam((call.attrs as { axis: number }).axis, shapes[0]!)[0]!;
    if (!inputs.every(is32Bit)) return stock(call);
    backend_util.assertParamsConsistent(shapes, axis);
    const out = site.output(backend_util.computeOutShape(shapes, axis), inputs[0]!.dtype);
    sideBySide(site, { whole: out, parts: inputs, axis }, (part, place) => ({ x: part, y: place }));
    return out;
  };

/** The reverse of concat. */
export const splitKernel: KernelBuilder =
  ({ backend_util, util }) =>
  (site, call, stock) => {
    const { x } = call.inputs as { x: TensorInfo };
    const { numOrSizeSplits, axis } = call.attrs as { numOrSizeSplits: number | number[]; axis: number };
    const own = util.parseAxisParam(axis, x.shape)[0]!;
    if (!is32Bit(x)) return stock(call);
    const sizes = backend_util.prepareSplitSize(x as never, numOrSizeSplits, own);
    const parts = sizes.map((size) => site.output(x.shape.with(own, size), x.dtype));
    sideBySide(site, { whole: x, parts, axis: own }, (part, place) => ({ x: place, y: part }));
    return parts;
  };

interface Parts {
  readonly whole: TensorInfo;
  readonly parts: readonly TensorInfo[];
  readonly axis: number;
}

type Layout = Parameters<typeof copyRows>[1]["x"];

/** Copies between the parts along an axis and their places in the whole. */
function sideBySide(
  site: Site,
  { whole, parts, axis }: Parts,
  direct: (part: Layout, place: Layout) => { x: Layout; y: Layout },
): void {
  const row = product(whole.shape.slice(axis));
  const rows = product(whole.shape.slice(0, axis));
  let at = site.address(whole);
  for (const part of parts) {
    const n = product(part.shape.slice(axis));
    const layouts = direct({ at: site.address(part), outer: 0, row: n }, { at, outer: 0, row });
    copyRows(site.engine, { ...layouts, outer: 1, rows, n });
    at += 4 * n;
  }
}

/** x from its end along each of the axes. TensorFlow.js's own writes behind an array of truths. */
export const reverseKernel: KernelBuilder =
  ({ util }) =>
  (site, call) => {
    const { x } = call.inputs as { x: TensorInfo };
    const axes = util.parseAxisParam((call.attrs as { dims: number | number[] }).dims, x.shape);
    const steps = axes.map((axis) => (from: TensorInfo) => reverseAxis(site, from, axis));
    const as = (dtype: TensorInfo["dtype"]) => (from: TensorInfo) => site.call("Cast", { x: from }, { dtype });
    const all = x.dtype === "bool" ? [as("int32"), ...steps, as("bool")] : steps;
    return all.reduce(
      (from, step) => {
        const to = step(from);
        site.dispose(from);
        return to;
      },
      site.call("Identity", { x }),
    );
  };

function reverseAxis(site: Site, x: TensorInfo, axis: number): TensorInfo {
  const out = site.output(x.shape, x.dtype);
  const outer = product(x.shape.slice(0, axis));
  const rows = x.shape[axis]!;
  const n = product(x.shape.slice(axis + 1));
  const last = site.address(x) + 4 * (rows - 1) * n;
  copyRows(site.engine, {
    x: { at: last, outer: rows * n, row: -n },
    y: { at: site.address(out), outer: rows * n, row: n },
    ...{ outer, rows, n },
  });
  return out;
}
