import { UserError } from "@course/core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { KernelConfig } from "@tensorflow/tfjs-core";
import { loadKernels } from "../load.ts";
import type { VectorWidth } from "../wasm-file.ts";
import { registerGradients } from "./gradients.ts";
import { KERNELS } from "./kernel-table.ts";
import type { Kernel, KernelCall, Site } from "./site.ts";
import { createSites, type Sites } from "./sites.ts";
import type { Tfjs, TrainingKernel } from "./training-kernel.ts";

export interface TrainingKernels {
  readonly vectorWidth: VectorWidth;
  /** Why this width was chosen. */
  readonly reason: string;
  /** SHA-256 of the WASM module that computes. */
  readonly hash: string;
  /** The kernels that are ours now, by TensorFlow.js's names. */
  readonly kernelNames: readonly string[];
  /** Our engine in an instance of the backend "wasm", for operations that are no kernels: optimizer steps. */
  siteOf(backend: BackendWasm): Site;
  /** Lets so many threads share the work, the calling one included. @throws Error where they cannot start. */
  startThreads(backend: BackendWasm, threads: number): Promise<void>;
}

export interface TrainingKernelsOptions {
  /** By default what the machine does best; the results are the same. */
  readonly vectorWidth?: VectorWidth | undefined;
}

/** TensorFlow.js's own kernels, by name; undefined where it has none. */
const stockKernels = new Map<string, KernelConfig | undefined>();
/** What the last registration made. */
let current: Sites | undefined;

/**
 * Registers our kernels over and beside those of TensorFlow.js's backend "wasm", whose package must
 * have been imported. It may come before or after the backend is started, holds for every later
 * instance of the backend as well, and may be called again to change the options.
 */
export async function registerTrainingKernels(
  tf: Tfjs,
  options: TrainingKernelsOptions = {},
): Promise<TrainingKernels> {
  const { vectorWidth, reason, hash, engine } = await loadKernels(options);
  await engine.dispose(); // it was wanted for its choice; each instance of the backend has an engine of its own
  const sites = await createSites(vectorWidth, (name) => tf.getKernel(name, "wasm").kernelFunc as unknown as Kernel);
  current?.disposeAll();
  current = sites;
  for (const [kernelName, build] of Object.entries(KERNELS)) override(tf, kernelName, build(tf), sites);
  registerGradients(tf);
  const { of: siteOf, startThreads } = sites;
  return { vectorWidth, reason, hash, kernelNames: Object.keys(KERNELS), siteOf, startThreads };
}

function override(tf: Tfjs, kernelName: string, kernel: TrainingKernel, sites: Sites): void {
  const present = tf.getKernel(kernelName, "wasm");
  if (!stockKernels.has(kernelName)) stockKernels.set(kernelName, present);
  if (present) tf.unregisterKernel(kernelName, "wasm");
  const stock = stockKernels.get(kernelName);
  const stockFunction = stock?.kernelFunc as unknown as Kernel;
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    setupFunc: (backend) => {
      stock?.setupFunc?.(backend);
      sites.of(backend as BackendWasm);
    },
    disposeFunc: (backend) => {
      stock?.disposeFunc?.(backend);
      sites.dispose(backend as BackendWasm);
    },
    kernelFunc: (args) => {
      const call = args as unknown as KernelCall;
      refuseComplex(kernelName, call);
      return kernel(sites.of(call.backend), call, stockFunction);
    },
  });
}

/** TensorFlow.js's WASM backend has no complex numbers, but takes those of another backend and computes nothing. */
function refuseComplex(kernelName: string, { inputs }: KernelCall): void {
  for (const name in inputs) {
    if (inputs[name]?.dtype !== "complex64") continue;
    throw new UserError(
      `backend wasm: ${kernelName}: expected real numbers, received a complex tensor ${name} (made on another backend?): use --backend native or cpu`,
    );
  }
}
