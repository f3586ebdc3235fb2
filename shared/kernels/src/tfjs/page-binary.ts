import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { KNOWN_SHA256, shareMemory } from "./share-memory.ts";

export interface PageBinary {
  /** Address of the binary for `setWasmPaths`, under each of its three names. */
  readonly url: string;
  /** Why its memory is not shared, so that there is one thread only; undefined where it is shared. */
  readonly reason?: string | undefined;
}

/**
 * TensorFlow.js's SIMD binary for a page: with memory that threads can share where the page is
 * cross-origin isolated (`Cross-Origin-Opener-Policy: same-origin`, `Cross-Origin-Embedder-Policy:
 * require-corp`), else as it is. TensorFlow.js's own threads must be off:
 * `tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false)`.
 *
 * @param simdUrl where tfjs-backend-wasm-simd.wasm is served.
 * @throws Error where it is not.
 */
export async function preparePageBinary(simdUrl: string): Promise<PageBinary> {
  const { crossOriginIsolated } = globalThis as { crossOriginIsolated?: boolean };
  if (!crossOriginIsolated) return { url: simdUrl, reason: "the page is not cross-origin isolated" };
  const response = await fetch(simdUrl);
  if (!response.ok) throw new Error(`${simdUrl}: expected TensorFlow.js's binary, received HTTP ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const hash = bytesToHex(sha256(bytes));
  if (hash !== KNOWN_SHA256)
    return { url: simdUrl, reason: `${simdUrl} is not the known one of TensorFlow.js 4.22.0 (${hash.slice(0, 12)}…)` };
  return { url: URL.createObjectURL(new Blob([shareMemory(bytes)], { type: "application/wasm" })) };
}
