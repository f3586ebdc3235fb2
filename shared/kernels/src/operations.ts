const PRODUCT = ["m", "n", "k", "a", "aRow", "aColumn", "b", "bRow", "bColumn", "c", "cRow", "accumulate"] as const;
/** Arguments that all operations on windows share. */
const WINDOW_SIZES = ["height", "width", "channels", "kh", "kw", "outHeight", "outWidth"] as const;
const WINDOW_STEPS = ["strideY", "strideX", "dilationY", "dilationX", "top", "left"] as const;

/**
 * Every operation that the WASM module runs over a range of its output, with the names of its
 * arguments in order. An argument is an i32 (a count, or a pointer or stride in bytes) unless it
 * says `:f32`. The build writes the module's switch from this table, and the engine numbers its
 * calls by it, so the two cannot disagree.
 */
export const OPERATIONS = {
  gemm: [...PRODUCT, "byColumns"],
  gemmBatch: [...PRODUCT, "aBatch", "bBatch", "cBatch"],
  expOf: ["x", "y"],
  tanhOf: ["x", "y"],
  sigmoidOf: ["x", "y"],
  relu: ["x", "y"],
  reluGradient: ["dy", "y", "dx"],
  tanhGradient: ["dy", "y", "dx"],
  sigmoidGradient: ["dy", "y", "dx"],
  add: ["a", "b", "c"],
  sgd: ["p", "g", "rate:f32", "decay:f32"],
  sgdMomentum: ["p", "v", "g", "rate:f32", "momentum:f32", "decay:f32"],
  sgdNesterov: ["p", "v", "g", "rate:f32", "momentum:f32", "decay:f32"],
  rmsprop: ["p", "s", "g", "rate:f32", "keep:f32", "gain:f32", "epsilon:f32"],
  rmspropMomentum: ["p", "s", "v", "g", "rate:f32", "keep:f32", "gain:f32", "momentum:f32", "epsilon:f32"],
  adam: [
    "p",
    "m",
    "v",
    "g",
    "rate:f32",
    "keepM:f32",
    "gainM:f32",
    "keepV:f32",
    "gainV:f32",
    "epsilon:f32",
    "keepP:f32",
  ],
  packPanels: ["b", "bRow", "bColumn", "k", "n", "panels"],
  turnFilter: ["filter", "taps", "ci", "co", "to"],
  packTurned: ["filter", "taps", "ci", "co", "panels"],
  convolve: [
    ...["x", "panels", "bias", "y", ...WINDOW_SIZES, "outChannels"],
    ...[...WINDOW_STEPS, "pads", "bandRows", "blockRuns", "relu"],
  ],
  foldWindows: [...["dy", "panels", "dx", ...WINDOW_SIZES, "outChannels"], ...[...WINDOW_STEPS, "bandRows"]],
  planes: [
    ...["x", "dy", "to", "panels", "height", "width", "channels", "top", "left"],
    ...["planeHeight", "planeWidth", "pixels", "co", "group", "images"],
  ],
  filterRows: [
    ...["plane", "panels", "to", "ci", "kw", "planeHeight", "planeWidth", "outHeight", "outWidth", "co"],
    ...["strideY", "strideX", "dilationY", "dilationX", "group", "images", "blockRuns", "accumulate"],
  ],
  winogradFilter: ["filter", "k", "ci", "co", "to"],
  winograd: [
    ...["x", "filter", "bias", "y", "height", "width", "ci", "k", "outHeight", "outWidth", "co"],
    ...["top", "left", "bandRows", "group", "images", "relu"],
  ],
  winogradPlaces: [
    ...["x", "dy", "places", "panels", "height", "width", "ci", "k", "outHeight", "outWidth", "co"],
    ...["top", "left", "images"],
  ],
  winogradSums: ["places", "panels", "sums", "tiles", "ci", "co", "accumulate"],
  winogradBack: ["sums", "to", "k", "ci", "co"],
  depthwise: ["x", "filter", "y", ...WINDOW_SIZES, "multiplier", ...WINDOW_STEPS],
  depthwiseInput: ["dy", "filter", "dx", ...WINDOW_SIZES, "multiplier", ...WINDOW_STEPS],
  depthwiseFilter: ["x", "dy", "to", "images", ...WINDOW_SIZES, "multiplier", ...WINDOW_STEPS],
  maxPool: ["x", "y", ...WINDOW_SIZES, ...WINDOW_STEPS],
  maxPoolGradient: ["dy", "x", "y", "dx", ...WINDOW_SIZES, ...WINDOW_STEPS],
  averagePool: ["x", "y", ...WINDOW_SIZES, ...WINDOW_STEPS],
  averagePoolGradient: ["dy", "dx", ...WINDOW_SIZES, ...WINDOW_STEPS],
  columnProducts: ["a", "aMean", "b", "bMean", "sums", "m", "n"],
  scaleShift: ["x", "mean", "scale", "shift", "y", "n"],
  normGradient: ["dy", "x", "dx", "mean", "scale", "bias", "slope", "n"],
  swapAxes: ["x", "xRow", "y", "yRow", "a", "b", "n"],
  lstm: ["gates", "bias", "panels", "hidden", "cells", "mask", "time", "batch", "units"],
  lstmGradient: [
    ...["gates", "panels", "cells", "mask", "dHidden", "carry", "dCell", "dGates"],
    ...["time", "batch", "units"],
  ],
  gru: [
    ...["gates", "bias", "innerBias", "panels", "candidate", "hidden", "inner", "mask"],
    ...["after", "time", "batch", "units"],
  ],
  gruGradient: [
    ...["gates", "panels", "candidate", "hidden", "inner", "mask", "after"],
    ...["dHidden", "carry", "dGates", "dInner", "time", "batch", "units"],
  ],
  addBias: ["x", "bias", "y", "n", "relu"],
  columnSum: ["x", "sums", "m", "n"],
  rowSum: ["x", "sums", "n"],
  copyRows: ["x", "xOuter", "xRow", "y", "yOuter", "yRow", "rows", "n"],
  gather: ["x", "indices", "y", "rows", "n"],
  segmentSum: ["x", "ids", "y", "m", "n", "segments", "byColumns"],
  scatterAdd: ["x", "ids", "y", "count", "n"],
  softmax: ["x", "y", "n"],
  argMax: ["x", "y", "n"],
  dropout: ["x", "y", "indexKey", "maskKey", "threshold", "scale:f32"],
} as const satisfies Record<string, readonly string[]>;

export type OperationName = keyof typeof OPERATIONS;

/** The values of an operation's arguments, in the table's order. */
export type OperationArguments<Name extends OperationName> = Numbers<(typeof OPERATIONS)[Name]>;

type Numbers<Names extends readonly string[]> = { readonly [Index in keyof Names]: number };

/** Byte offsets in the control block through which the threads speak; what many write stands apart. */
export const CONTROL = {
  next: 0,
  completed: 64,
  signal: 128,
  sleepers: 132,
  quit: 136,
  dispatch: 192,
  chunks: 196,
  operation: 200,
  total: 204,
  chunk: 208,
  scratch: 212,
  scratchBytes: 216,
  doubles: 220,
  arguments: 256,
  bytes: 512,
} as const;

/** Scratch memory of each thread: what `gemm`, the hungriest, needs. */
export const THREAD_SCRATCH_BYTES = 1024 + 100 * 256 * 4 + 1024 * 256 * 4;
