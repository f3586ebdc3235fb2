/** SHA-256 of wasm/kernels-<width>.wasm; written by `build:wasm`. */
export const WASM_HASHES = {
  128: "90f5b94d731d7da91997aff207f7a7dd02c3f82f81895e20bbe0b21dd857a699",
  256: "d5e81ad225f9236d385ff74749bed20e056b7d88a577e9aa304ed4b9aaa7f083",
} as const;
