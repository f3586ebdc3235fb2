import type { TensorInfo } from "@tensorflow/tfjs-core";
import {
  add as addElements,
  exp,
  relu,
  reluGradient,
  sigmoid,
  sigmoidGradient,
  tanh,
  tanhGradient,
} from "../elementwise.ts";
import { addBias } from "../rows.ts";
import { type Site, sizeOf } from "./site.ts";
import type { KernelBuilder } from "./training-kernel.ts";

/** y = f(x) for floats; other types are TensorFlow.js's own business. */
const unary =
  (apply: typeof relu): KernelBuilder =>
  () =>
  (site, call, stock) => {
    const { x } = call.inputs as { x: TensorInfo };
    if (x.dtype !== "float32") return stock(call);
    const out = site.output(x.shape);
    apply(site.engine, { x: site.address(x), y: site.address(out), count: sizeOf(x) });
    return out;
  };

export const expKernel = unary(exp);
export const reluKernel = unary(relu);
export const sigmoidKernel = unary(sigmoid);
export const tanhKernel = unary(tanh);

/** dx = dy · f′, with f′ told by y = f(x); no kernel of TensorFlow.js, called by our gradients only. */
const gradient =
  (apply: typeof reluGradient): KernelBuilder =>
  () =>
  (site, { inputs }) => {
    const { dy, y } = inputs as { dy: TensorInfo; y: TensorInfo };
    const out = site.output(y.shape);
    apply(site.engine, { dy: site.address(dy), y: site.address(y), dx: site.address(out), count: sizeOf(y) });
    return out;
  };

export const reluGradientKernel = gradient(reluGradient);
export const sigmoidGradientKernel = gradient(sigmoidGradient);
export const tanhGradientKernel = gradient(tanhGradient);

/** a + b of equal shapes, or of an array and one that repeats along its leading axes: a bias. */
export const addKernel: KernelBuilder =
  ({ util }) =>
  (site, call, stock) => {
    const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
    if (a.dtype !== "float32" || b.dtype !== "float32") return stock(call);
    if (util.arraysEqual(a.shape, b.shape)) {
      const out = site.output(a.shape);
      addElements(site.engine, { a: site.address(a), b: site.address(b), c: site.address(out), count: sizeOf(a) });
      return out;
    }
    return addRow(site, a, b) ?? addRow(site, b, a) ?? stock(call);
  };

/** Shorter rows are not worth a loop each. */
const MINIMUM_ROW = 8;

/** x + bias, if the bias has the shape of x's last axes. */
function addRow(site: Site, x: TensorInfo, bias: TensorInfo): TensorInfo | undefined {
  const n = sizeOf(bias);
  const axes = bias.shape.slice(bias.shape.findIndex((size) => size !== 1));
  const isRow = axes.every((size, i) => size === x.shape[x.shape.length - axes.length + i]);
  if (n < MINIMUM_ROW || !isRow || bias.shape.length > x.shape.length) return undefined;
  const out = site.output(x.shape);
  addBias(site.engine, { x: site.address(x), bias: site.address(bias), y: site.address(out), m: sizeOf(x) / n, n });
  return out;
}
