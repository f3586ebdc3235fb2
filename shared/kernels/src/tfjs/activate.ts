import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";
import { addBias } from "../rows.ts";
import { type Site, sizeOf } from "./site.ts";

/** What fused kernels do after their product. */
export interface FusedAttributes {
  readonly activation: "linear" | "relu" | "relu6" | "elu" | "prelu" | "leakyrelu" | "sigmoid";
  readonly leakyreluAlpha?: number;
}

const KERNELS = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  prelu: "Prelu",
  leakyrelu: "LeakyRelu",
  sigmoid: "Sigmoid",
};

/** activation(x + bias), with the inputs and attributes of a fused kernel; takes over x. */
export function activate(
  site: Site,
  x: TensorInfo,
  inputs: NamedTensorInfoMap,
  attributes: FusedAttributes,
): TensorInfo {
  const { bias, preluActivationWeights: alpha } = inputs;
  const { activation, leakyreluAlpha = 0 } = attributes;
  const isInPlace = bias?.shape.length === 1 && bias.shape[0] === x.shape.at(-1) && x.dtype === "float32";
  if (isInPlace && (activation === "linear" || activation === "relu")) {
    addBiasInPlace(site, x, bias, activation === "relu");
    return x;
  }
  const biased = bias ? replace(site, x, "Add", { a: x, b: bias }) : x;
  if (activation === "linear") return biased;
  const rest: NamedTensorInfoMap = activation === "prelu" ? { alpha: alpha! } : {};
  return replace(site, biased, KERNELS[activation], { x: biased, ...rest }, { alpha: leakyreluAlpha });
}

/** x ← x + bias, through ReLU if asked; x is new and has no other owner. */
function addBiasInPlace(site: Site, x: TensorInfo, bias: TensorInfo, relu: boolean): void {
  const n = sizeOf(bias);
  const address = site.address(x);
  addBias(site.engine, { x: address, bias: site.address(bias), y: address, m: sizeOf(x) / n, n, relu });
}

/** Calls a kernel and disposes its input. */
function replace(
  site: Site,
  old: TensorInfo,
  name: string,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap = {},
): TensorInfo {
  const result = site.call(name, inputs, attrs);
  site.dispose(old);
  return result;
}
