import { tf, useBackend } from "@course/tf";

/** Starts what BENCH_ENGINE names, ours, stock or native, with BENCH_THREADS threads, and says what it is. */
export async function startEngine(): Promise<string> {
  const { BENCH_ENGINE = "ours", BENCH_THREADS = "1" } = process.env;
  const threads = Number(BENCH_THREADS);
  if (BENCH_ENGINE === "stock") return startStock();
  const report = await useBackend(BENCH_ENGINE === "native" ? "native" : "wasm", { threads });
  const width = report.vectorWidth ? `${report.vectorWidth}-bit vectors, ` : "";
  const count = report.threads === 1 ? "1 thread" : `${report.threads} threads`;
  return report.backend === "native" ? `${await nativeVersion()}, ${count}` : `${width}${count}`;
}

async function startStock(): Promise<string> {
  const { version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend("wasm");
  return `${version_wasm}, 1 thread`;
}

async function nativeVersion(): Promise<string> {
  const { binding } = tf.backend() as unknown as { binding: { TF_Version: string } };
  return `TensorFlow ${binding.TF_Version}`;
}

/** Bytes of WASM memory; undefined on a backend that has none. */
export function heapBytes(): number | undefined {
  const { wasm } = tf.backend() as { wasm?: { HEAPU8: Uint8Array } };
  return wasm?.HEAPU8.buffer.byteLength;
}
