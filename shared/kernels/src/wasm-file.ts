import { UserError } from "@course/core";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { WASM_HASHES } from "./wasm-hashes.ts";

export type VectorWidth = 128 | 256;

// Written out, one by one, so that a bundler for the browser finds the files.
const FILES: Readonly<Record<VectorWidth, () => URL>> = {
  128: () => new URL("../wasm/kernels-128.wasm", import.meta.url),
  256: () => new URL("../wasm/kernels-256.wasm", import.meta.url),
};

/** The bytes of one build of the kernels, verified. @throws UserError if missing or damaged. */
export async function readWasm(width: VectorWidth): Promise<Uint8Array<ArrayBuffer>> {
  const url = FILES[width]();
  const bytes = await read(url).catch((error: unknown) => {
    throw new UserError(
      `kernels: cannot read ${url.href} (${String(error)}): is @course/kernels installed completely?`,
    );
  });
  assertIntact(width, bytes);
  return bytes;
}

/** @throws UserError unless the bytes are those that this version was published with. */
export function assertIntact(width: VectorWidth, bytes: Uint8Array): void {
  const received = bytesToHex(sha256(bytes));
  if (received === WASM_HASHES[width]) return;
  throw new UserError(
    `kernels-${width}.wasm: expected SHA-256 ${WASM_HASHES[width].slice(0, 12)}…, received ${received.slice(0, 12)}… ` +
      `(${bytes.length} bytes; damaged, or from another version: install @course/kernels again)`,
  );
}

async function read(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  if (url.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    return new Uint8Array(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
