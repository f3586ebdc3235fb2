import { type NamedTensor, writeSafetensors } from "../../src/export/index.ts";

/** The tensors of golden/make_safetensors.py, in another order. */
export const SAMPLE: Readonly<Record<string, NamedTensor>> = {
  scalar: { shape: [], data: Float64Array.of(1 / 3) },
  '½ "quoted"': { shape: [1, 1, 1], data: Float32Array.of(1) },
  bytes: { shape: [3], data: Uint8Array.of(1, 2, 255) },
  ids: { shape: [2, 1], data: Int32Array.of(1, -2147483648) },
  "7": { shape: [1], data: Uint32Array.of(4294967295) },
  "0/bias": { shape: [0, 4], data: new Float32Array(0) },
  "0/kernel": { shape: [2, 3], data: Float32Array.of(1.5, -2.25, 3e-30, 0.1, -0, 65504) },
};

// `node write-sample.ts golden/ours.safetensors` writes the file that golden/make_safetensors.py reads
if (import.meta.main) writeSafetensors(process.argv[2]!, SAMPLE, { format: "np" });
