/** SHA-256 of wasm/kernels-<width>.wasm; written by `build:wasm`. */
export const WASM_HASHES = {
  128: "70c42c31b5129153239b6370caedea1f552550d66bedcf55bbf8b786e8cb5925",
  256: "efe10d80dae19cf1dc95ec8f2d9f6f2e3fc90e325a0999609046680eb6723558",
} as const;
