/** The arrays that a checkpoint can hold. */
export type NumericArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

/** All that something needs to go on where it was: arrays by name, and plain JSON beside them. */
export interface SavedState {
  readonly arrays: Readonly<Record<string, NumericArray>>;
  readonly json?: unknown;
  /** By the arrays' names, for `model.safetensors`; an array without one counts as a list. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
}

/**
 * A model, an optimizer, a schedule: whatever a run tracks so that it can stop and go on.
 * `restore(state())` must leave it exactly as it was, momentum and counters included.
 */
export interface Saveable {
  /** The arrays may be the live ones: they are written before the next training step. */
  state(): SavedState;
  /** Copies out of `state`; throws where names or lengths do not fit. */
  restore(state: SavedState): void;
  /** Bytes of the memory that it lives in, and the most there can be, where that has a limit. */
  memory?(): { readonly bytes: number; readonly limit: number } | undefined;
}
