import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { DataType, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";
import { createEngine, type Engine } from "../engine.ts";
import { instantiate } from "../instantiate.ts";
import { guardHeap } from "./heap-guard.ts";
import { createTfjsHeap, memoryOf } from "./tfjs-heap.ts";

/** Number of a tensor's elements. */
export const sizeOf = ({ shape }: TensorInfo): number => shape.reduce((product, size) => product * size, 1);

/** What a kernel of TensorFlow.js is called with. */
export interface KernelCall {
  readonly inputs: NamedTensorInfoMap;
  readonly attrs?: NamedAttrMap;
  readonly backend: BackendWasm;
}

export type Kernel = (call: KernelCall) => TensorInfo | TensorInfo[];

/** Our engine in the memory of one instance of TensorFlow.js's WASM backend. */
export interface Site {
  readonly backend: BackendWasm;
  readonly engine: Engine;
  /** Where a tensor's values lie in the memory. */
  address(tensor: TensorInfo): number;
  /** A new tensor whose values are undefined. */
  output(shape: readonly number[], dtype?: DataType): TensorInfo;
  /** Another kernel of this backend on the same tensors. */
  call(kernelName: string, inputs: NamedTensorInfoMap, attrs?: NamedAttrMap): TensorInfo;
  /** Gives a temporary tensor back. */
  dispose(tensor: TensorInfo): void;
}

export interface SiteOptions {
  /** The kernels compiled for a memory of the backend's kind, shared or not. */
  readonly compiled: WebAssembly.Module;
  /** The kernel registered under this name for the WASM backend. */
  readonly kernel: (kernelName: string) => Kernel;
}

export function createSite(backend: BackendWasm, { compiled, kernel }: SiteOptions): Site {
  guardHeap(backend);
  const heap = createTfjsHeap(backend);
  const engine = createEngine(instantiate(compiled, memoryOf(backend)), heap);
  return {
    backend,
    engine,
    address: (tensor) => backend.dataIdMap.get(tensor.dataId).memoryOffset,
    output: (shape, dtype = "float32") => backend.makeOutput([...shape], dtype),
    call: (kernelName, inputs, attrs = {}) => kernel(kernelName)({ inputs, attrs, backend }) as TensorInfo,
    dispose: (tensor) => void backend.disposeData(tensor.dataId),
  };
}
