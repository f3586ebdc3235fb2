/**
 * Node.js on x86-64 Linux and Windows is built with a pass of V8 that joins pairs of 128-bit WASM
 * operations into 256-bit AVX2 ones; it is off by default.
 */
const FLAG = "experimental-wasm-revectorize";

/** What stands in the way of 256-bit vectors, or undefined where they can be tried. */
export function whyNoWideVectors(): string | undefined {
  const { process } = globalThis as { process?: NodeJS.Process };
  if (!process?.versions?.v8) return "256-bit vectors need Node.js";
  const { arch, platform } = process;
  if (arch === "x64" && (platform === "linux" || platform === "win32")) return undefined;
  return `Node.js has no 256-bit vectors on ${platform} ${arch}`;
}

/** Sets or clears V8's flag for the functions that this process, its workers included, optimises next. */
export async function setWideVectors(isOn: boolean): Promise<void> {
  const [{ setFlagsFromString }, { isAscii }] = await Promise.all([import("node:v8"), import("node:buffer")]);
  setFlagsFromString(`--${isOn ? "" : "no-"}${FLAG}`);
  clearUpperHalves = isOn ? () => void isAscii(ANY_BYTES) : () => {};
}

const ANY_BYTES = new Uint8Array(32);
let clearUpperHalves = () => {};

/**
 * To be called after WASM that may have used 256-bit vectors: V8 leaves the upper halves of the registers set, and code
 * that was compiled for SSE then waits for them at each instruction. `Math.exp` and `Math.log` are such code: skip-gram,
 * which calls them between products, learnt half as many words in a second. Node's `isAscii` is written in AVX2, and ends,
 * as compilers have it, by clearing them (`vzeroupper`); it takes 0.04 µs.
 */
export const leaveWideVectors = (): void => clearUpperHalves();
