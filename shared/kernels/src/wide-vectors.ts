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
  const { setFlagsFromString } = await import("node:v8");
  setFlagsFromString(`--${isOn ? "" : "no-"}${FLAG}`);
}
