/** SHA-256 of wasm/kernels-<width>.wasm; written by `build:wasm`. */
export const WASM_HASHES = {
  128: "be8a3576e47fbb7bdc3dbb2a28ae6669abe4535d46b7fe8bb4efe78273df7b08",
  256: "030f07a5b1edfcc83fb39ffaf6e15927dc3a2b55ec7528a100cb96b09b18a1da",
} as const;
