// The program of the page: trains, and posts what came out, or what went wrong, to the server of the test.
import { preparePageBinary, registerTrainingKernels } from "@course/kernels/tfjs";
import { type BackendWasm, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // registers the gradients
import type { PageResult } from "./run-page.ts";
import { trainSmallCnn } from "./small-training.ts";

const THREADS = 2;

async function run(): Promise<PageResult> {
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false); // ours are in the memory of the single-threaded binary
  const { url, reason } = await preparePageBinary("/tfjs-backend-wasm-simd.wasm");
  const names = ["", "-simd", "-threaded-simd"].map((kind) => `tfjs-backend-wasm${kind}.wasm`);
  setWasmPaths(Object.fromEntries(names.map((name) => [name, url])));
  const { vectorWidth, siteOf, startThreads } = await registerTrainingKernels(tf);
  await tf.setBackend("wasm");
  const backend = tf.backend() as BackendWasm;
  if (!reason) await startThreads(backend, THREADS);
  return { vectorWidth, threads: siteOf(backend).engine.threads, reason, ...(await trainSmallCnn(tf)) };
}

const answer = await run().catch((error: unknown) => ({ error: error instanceof Error ? error.stack : String(error) }));
await fetch("/result", { method: "POST", body: JSON.stringify(answer) });
