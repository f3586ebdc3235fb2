/** SHA-256 of wasm/kernels-<width>.wasm; written by `build:wasm`. */
export const WASM_HASHES = {
  128: "0b9d3c4560f1b8a79a31102c7cc77cdbd8639c25bb3699c69404f19f4ff82108",
  256: "755a822377e0944df4d2c68a36179443b80c6db7b27dfc6f2138a71d94caef45",
} as const;
