import type { GradConfig, NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs-core";
import type { Tfjs } from "./training-kernel.ts";

/** Derivatives of a kernel's inputs, by their names. */
type Derivatives = ReturnType<GradConfig["gradFunc"]>;

/** A gradient of ours, made of kernels of ours, or undefined where TensorFlow.js's own is to be used. */
type OwnGradient = (
  run: Run,
  dy: Tensor,
  saved: Tensor[],
  attrs: NamedAttrMap,
  util: Tfjs["util"],
) => Derivatives | undefined;

type Run = (kernelName: string, inputs: Record<string, Tensor>, attrs?: NamedAttrMap) => Tensor;

/** f′ from f's input or value, whichever TensorFlow.js's own gradient saves, in one kernel instead of several. */
const fused =
  (kernelName: string): OwnGradient =>
  (run, dy, [y]) =>
    y!.dtype === "float32" ? { x: () => run(kernelName, { dy, y: y! }) } : undefined;

/** Dilated convolutions, which TensorFlow.js refuses to differentiate. */
const dilated =
  (kernelName: string): OwnGradient =>
  (run, dy, [x, filter], attrs) => {
    const dilations = [attrs.dilations ?? 1].flat() as number[];
    if (dilations.every((dilation) => dilation === 1)) return undefined;
    return {
      x: () => run(`${kernelName}BackpropInput`, { dy, filter: filter! }, { ...attrs, inputShape: x!.shape }),
      filter: () => run(`${kernelName}BackpropFilter`, { x: x!, dy }, { ...attrs, filterShape: filter!.shape }),
    };
  };

/** TensorFlow.js's own makes an array of truths, of numbers, and their product. */
const max: OwnGradient = (run, dy, [x, y], { reductionIndices }, util) => {
  const axes = util.parseAxisParam(reductionIndices as number | number[], x!.shape).sort((a, b) => a - b);
  const isOneBlock = axes.length > 0 && axes.every((axis, i) => axis === axes[0]! + i);
  if (!isOneBlock || x!.dtype !== "float32") return undefined;
  return { x: () => run("MaxGradient", { dy, x: x!, y: y! }, { axes }) };
};

const GRADIENTS: Readonly<Record<string, OwnGradient>> = {
  Conv2D: dilated("Conv2D"),
  DepthwiseConv2dNative: dilated("DepthwiseConv2dNative"),
  Max: max,
  Relu: fused("ReluGradient"),
  Sigmoid: fused("SigmoidGradient"),
  Tanh: fused("TanhGradient"),
};

let isRegistered = false;

/**
 * Registers our gradients over TensorFlow.js's. They hold for the WASM backend and for first
 * derivatives: elsewhere, and where a tape records the gradient of a gradient, TensorFlow.js's own
 * are used. Without its gradients (the layers package loads them) nothing is done.
 */
export function registerGradients(tf: Tfjs): void {
  if (isRegistered) return;
  for (const [kernelName, own] of Object.entries(GRADIENTS)) {
    const stock = tf.getGradient(kernelName);
    if (!stock) return;
    tf.unregisterGradient(kernelName);
    tf.registerGradient({ ...stock, gradFunc: withFallback(tf, own, stock) });
  }
  isRegistered = true;
}

function withFallback(tf: Tfjs, own: OwnGradient, stock: GradConfig): GradConfig["gradFunc"] {
  const run: Run = (kernelName, inputs, attrs) =>
    tf.engine().runKernel(kernelName, inputs as unknown as NamedTensorMap, attrs) as Tensor;
  return (dy, saved, attrs) => {
    const engine = tf.engine();
    const isOurs = engine.backendName === "wasm" && !isTapeOn(engine);
    const derivatives = isOurs ? own(run, dy as Tensor, saved, attrs, tf.util) : undefined;
    return derivatives ?? stock.gradFunc(dy, saved, attrs);
  };
}

/** True while operations are recorded for a derivative. */
function isTapeOn(engine: ReturnType<Tfjs["engine"]>): boolean {
  return (engine as unknown as { isTapeOn(): boolean }).isTapeOn();
}
