import { didYouMean, UserError } from "@course/core";
import * as tf from "@tensorflow/tfjs-core";
import { importNative } from "./native.ts";
import { BACKEND_NAMES, type BackendName, type StartedBackend } from "./started-backend.ts";
import { chooseThreads } from "./threads.ts";
import { startWasm } from "./wasm.ts";

export interface BackendReport extends StartedBackend {
  /** What computes, in one line for `run.describe` of @course/train. */
  readonly text: string;
}

export interface BackendOptions {
  /** Which build of our kernels, by default the better one on this machine; the results are the same. */
  readonly vectorWidth?: 128 | 256 | undefined;
  /** By default one for each core. On wasm the results are the same; native takes those of its first start. */
  readonly threads?: number | undefined;
}

const STARTERS: Readonly<Record<BackendName, (options: BackendOptions) => Promise<StartedBackend>>> = {
  auto: startWasm,
  wasm: startWasm,
  native: startNative,
  cpu: startCpu,
};

/**
 * Starts a backend and makes it TensorFlow.js's current one; later calls may change it.
 * `auto` is `wasm`; `native` needs the addon of tfjs-node; `cpu` is a reference, too slow to train.
 *
 * @throws UserError for an unknown name, or for `native` where its addon is missing.
 */
export async function useBackend(name: BackendName = "auto", options: BackendOptions = {}): Promise<BackendReport> {
  if (!BACKEND_NAMES.includes(name)) {
    throw new UserError(`--backend: unknown backend "${String(name)}"${didYouMean(String(name), BACKEND_NAMES)}`);
  }
  const started = await STARTERS[name](options);
  const { backend, threads, vectorWidth = "no own" } = started;
  return { ...started, text: `${backend}, threads: ${threads}, kernels: ${vectorWidth} bits` };
}

async function startNative(options: BackendOptions): Promise<StartedBackend> {
  const { threads } = chooseThreads(options.threads);
  // TensorFlow reads these when it starts
  Object.assign(process.env, { TF_NUM_INTRAOP_THREADS: String(threads), OMP_NUM_THREADS: String(threads) });
  await importNative();
  await tf.setBackend("tensorflow");
  const note = "TensorFlow's own kernels: results differ from the wasm backend in the last digits";
  return { backend: "native", threads, vectorWidth: undefined, kernelsHash: undefined, note };
}

async function startCpu(): Promise<StartedBackend> {
  await import("@tensorflow/tfjs-backend-cpu");
  await tf.setBackend("cpu");
  Object.assign(tf.backend(), { firstUse: false }); // or it prints an advertisement for tfjs-node
  const note = "backend cpu is plain JavaScript, about a hundred times slower than wasm: for comparison only";
  process.emitWarning(note, "SlowBackendWarning");
  return { backend: "cpu", threads: 1, vectorWidth: undefined, kernelsHash: undefined, note };
}
