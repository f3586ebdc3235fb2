/** SHA-256 of wasm/kernels-<width>.wasm; written by `build:wasm`. */
export const WASM_HASHES = {
  128: "70df554fc08ab3bc073724cbd6fe48e7bae8b71c596faa52e3ef78662c66686a",
  256: "a61e044a382706a1a402dccf45ac53094b6289b4aefdd498c1680c609bdba23d",
} as const;
