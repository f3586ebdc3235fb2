/** SHA-256 of wasm/kernels-<width>.wasm; written by `build:wasm`. */
export const WASM_HASHES = {
  128: "922bc4e3cf91891c4a9bc19234c62b2de232dd988d31c1dde416083ca398353f",
  256: "dfcdf259a2b13590c6c59c91ac513b6ffe40ef57c49256684c5affb83a76fafe",
} as const;
