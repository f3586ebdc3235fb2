import type * as tfjs from "@tensorflow/tfjs-core";
import type { Kernel, KernelCall, Site } from "./site.ts";

/** The parts of TensorFlow.js that our kernels need; the caller hands them over, so that there is one copy. */
export type Tfjs = Pick<
  typeof tfjs,
  | "backend_util"
  | "broadcast_util"
  | "engine"
  | "getGradient"
  | "getKernel"
  | "registerGradient"
  | "registerKernel"
  | "slice_util"
  | "unregisterGradient"
  | "unregisterKernel"
  | "util"
>;

/** A kernel of ours; `stock` is TensorFlow.js's own of that name, for the cases that are left to it. */
export type TrainingKernel = (site: Site, call: KernelCall, stock: Kernel) => tfjs.TensorInfo | tfjs.TensorInfo[];

/** A kernel that awaits the library. */
export type KernelBuilder = (tf: Tfjs) => TrainingKernel;
