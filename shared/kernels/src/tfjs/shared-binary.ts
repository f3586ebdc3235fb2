import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KNOWN_SHA256, shareMemory } from "./share-memory.ts";

const VANILLA = "tfjs-backend-wasm.wasm";
const SIMD = "tfjs-backend-wasm-simd.wasm";
const THREADED = "tfjs-backend-wasm-threaded-simd.wasm";

/** What `setWasmPaths` of @tensorflow/tfjs-backend-wasm takes. */
export type WasmPaths = Record<typeof VANILLA | typeof SIMD | typeof THREADED, string>;

export type SharedBinary =
  | { readonly paths: WasmPaths; readonly reason?: undefined }
  | { readonly paths?: undefined; readonly reason: string };

/**
 * Keeps a copy of TensorFlow.js's SIMD binary with shared memory in `cacheFolder` and says where it
 * is, or why there is none: another version of the binary, or a cache folder that cannot be written.
 *
 * @param wasmFolder where @tensorflow/tfjs-backend-wasm keeps its binaries.
 */
export async function prepareSharedBinary(wasmFolder: string, cacheFolder: string): Promise<SharedBinary> {
  const original = await readFile(join(wasmFolder, SIMD));
  const sha256 = createHash("sha256").update(original).digest("hex");
  if (sha256 !== KNOWN_SHA256) {
    return { reason: `${SIMD} is not the known one of TensorFlow.js 4.22.0 (SHA-256 ${sha256.slice(0, 12)}…)` };
  }
  const file = join(cacheFolder, `tfjs-shared-${sha256.slice(0, 12)}.wasm`);
  try {
    await writeOnce(file, shareMemory(original));
  } catch (error) {
    return { reason: `the copy with shared memory cannot be kept (${(error as Error).message})` };
  }
  const paths = { [VANILLA]: join(wasmFolder, VANILLA), [SIMD]: file, [THREADED]: join(wasmFolder, THREADED) };
  return { paths: paths as WasmPaths };
}

/** Writes a file unless it has this content already; another process may do the same at the same time. */
async function writeOnce(file: string, content: Uint8Array): Promise<void> {
  const present = await readFile(file).catch(() => undefined);
  if (present?.equals(content)) return;
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(join(file, ".."), { recursive: true });
  try {
    await writeFile(temporary, content);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
