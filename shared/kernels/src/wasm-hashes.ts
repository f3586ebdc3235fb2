/** SHA-256 of wasm/kernels-<width>.wasm; written by `build:wasm`. */
export const WASM_HASHES = {
  128: "59c0a968b05accf5252c593d90ec1bbd7d69e25aca9254085de7369155b02bec",
  256: "4a59e02f5d95957579a86c6c35eb9cb145f96b010a069b5d378ee31abc87550e",
} as const;
