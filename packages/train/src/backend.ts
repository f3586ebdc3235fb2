/** What computes, as `--backend` names it. */
export type Backend = "auto" | "wasm" | "native" | "cpu";
