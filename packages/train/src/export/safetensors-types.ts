import type { NumericArray } from "../saveable.ts";

/** An array and its shape; a scalar has the shape []. */
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: NumericArray;
}

/** The dtypes of the format that have a typed array among `NumericArray`. */
export const DTYPES = {
  F64: Float64Array,
  F32: Float32Array,
  U32: Uint32Array,
  I32: Int32Array,
  U8: Uint8Array,
} as const;

export type Dtype = keyof typeof DTYPES;

/** Order of the tensors in a file, as the format's own library writes them: wide types first, so that all are aligned. */
export const DTYPE_ORDER = Object.keys(DTYPES) as readonly Dtype[];
