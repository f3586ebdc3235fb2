import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import {
  registerTrainingKernels,
  type Site,
  type TrainingKernels,
  type TrainingKernelsOptions,
} from "@course/kernels/tfjs";
import { prepareSharedBinary } from "@course/kernels/tfjs/shared-binary";
import * as tf from "@tensorflow/tfjs-core";
import { explainMissingKernels } from "./missing-kernels.ts";
import type { StartedBackend } from "./started-backend.ts";
import { chooseThreads } from "./threads.ts";

export interface WasmOptions extends TrainingKernelsOptions {
  readonly threads?: number | undefined;
}

/** What was registered last, and for which options; undefined before the backend's first start. */
let kernels: TrainingKernels | undefined;
let started: WasmOptions = {};
/** Why the memory is not shared, or empty. */
let obstacle = "";

/** Starts TensorFlow.js's WASM backend with our training kernels. Other options at a later call take effect. */
export async function startWasm(options: WasmOptions): Promise<StartedBackend> {
  const { threads, reason } = chooseThreads(options.threads);
  if (!kernels) obstacle = await shareMemory();
  const { vectorWidth } = options;
  const isSame = (vectorWidth ?? started.vectorWidth) === started.vectorWidth && threads === started.threads;
  if (!kernels || !isSame)
    kernels = await registerTrainingKernels(tf, { vectorWidth: vectorWidth ?? started.vectorWidth });
  started = { vectorWidth: vectorWidth ?? started.vectorWidth, threads };
  explainMissingKernels("wasm", "use --backend native (see `pnpm course native`), or --backend cpu (slow)");
  await tf.setBackend("wasm");
  const failure = obstacle || (await startThreads(kernels, threads));
  return {
    backend: "wasm",
    threads: currentSite()!.engine.threads,
    vectorWidth: kernels.vectorWidth,
    kernelsHash: kernels.hash,
    note: failure ? `one thread: ${failure}` : reason,
  };
}

/** Why the threads could not start, or empty. */
async function startThreads({ startThreads }: TrainingKernels, threads: number): Promise<string> {
  try {
    await startThreads(tf.backend() as WasmBackend, threads);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

type WasmBackend = Parameters<TrainingKernels["siteOf"]>[0];

/** Our engine in the running WASM backend, or undefined on another backend. */
export function currentSite(): Site | undefined {
  if (!kernels || tf.getBackend() !== "wasm") return undefined;
  return kernels.siteOf(tf.backend() as WasmBackend);
}

/** Points TensorFlow.js to a copy of its binary with shared memory, which our threads need; or says why not. */
async function shareMemory(): Promise<string> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
  const { paths, reason } = await prepareSharedBinary(wasmFolder, cacheFolder());
  if (paths) setWasmPaths(paths);
  return reason ?? "";
}

/** As @course/data has it: `$COURSE_CACHE`, else `deep-learning-courses` in the XDG cache folder. */
function cacheFolder(): string {
  const { COURSE_CACHE, XDG_CACHE_HOME } = process.env;
  return COURSE_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "deep-learning-courses");
}
