/** SHA-256 of wasm/kernels-<width>.wasm; written by `build:wasm`. */
export const WASM_HASHES = {
  128: "4b3027de9243f8fadae4e0922506a3f14735a4bb53848093748e225a2752a1ff",
  256: "92a9cbd02659f3d099d63c4160ac5f4e298f3188c080de517bb4d7acf0178ed8",
} as const;
