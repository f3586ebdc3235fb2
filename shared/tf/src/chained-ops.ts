import * as tf from "@tensorflow/tfjs-core";

type Operation = (...args: unknown[]) => unknown;

/** Operations whose method form takes the tensor as first argument and passes the rest on. */
const DELEGATED = `
  abs acos acosh add all any argMax argMin asin asinh atan atan2 atanh avgPool batchNorm batchToSpaceND broadcastTo cast
  ceil clipByValue conv1d conv2d conv2dTranspose cos cosh cumprod cumsum depthToSpace depthwiseConv2d dilation2d div
  divNoNan dot elu equal erf euclideanNorm exp expandDims expm1 fft floor floorDiv gather greater greaterEqual ifft irfft
  isFinite isInf isNaN leakyRelu less lessEqual localResponseNormalization log log1p logSigmoid logSoftmax logSumExp
  logicalAnd logicalNot logicalOr logicalXor matMul max maxPool maximum mean min minimum mirrorPad mod mul neg norm
  notEqual oneHot onesLike pad pool pow prelu prod reciprocal relu relu6 reshape resizeBilinear resizeNearestNeighbor
  reverse rfft round rsqrt selu separableConv2d sigmoid sign sin sinh slice softmax softplus spaceToBatchND split sqrt
  square squaredDifference squeeze step stridedSlice sub sum tan tanh tile topk transpose unique unsortedSegmentSum
  unstack zerosLike`;

const toList = (x: tf.Tensor | tf.Tensor[]) => (x instanceof tf.Tensor ? [x] : x);

/** Operations whose method form says something else than its first argument. */
const REWRITTEN: Readonly<Record<string, (self: tf.Tensor, ...args: never[]) => unknown>> = {
  as1D: (self) => tf.reshape(self, [self.size]),
  as2D: (self, ...shape: number[]) => tf.reshape(self, shape),
  as3D: (self, ...shape: number[]) => tf.reshape(self, shape),
  as4D: (self, ...shape: number[]) => tf.reshape(self, shape),
  as5D: (self, ...shape: number[]) => tf.reshape(self, shape),
  asScalar: (self) => tf.reshape(self, []),
  asType: (self, dtype: tf.DataType) => tf.cast(self, dtype),
  concat: (self, others: tf.Tensor | tf.Tensor[], axis?: number) => tf.concat([self, ...toList(others)], axis),
  flatten: (self) => tf.reshape(self, [self.size]),
  reshapeAs: (self, other: tf.Tensor) => tf.reshape(self, other.shape),
  stack: (self, others: tf.Tensor | tf.Tensor[], axis?: number) => tf.stack([self, ...toList(others)], axis),
  toBool: (self) => tf.cast(self, "bool"),
  toFloat: (self) => tf.cast(self, "float32"),
  toInt: (self) => tf.cast(self, "int32"),
  where: (self, condition: tf.Tensor, otherwise: tf.Tensor) => tf.where(condition, self, otherwise),
};

// TensorFlow.js's own registration lies in files that Node cannot import without a second copy of
// the library, and its union package loads three backends that are not used here.
const operations = { ...tf.image, ...tf.spectral, ...tf } as unknown as Readonly<Record<string, Operation>>;
for (const name of DELEGATED.trim().split(/\s+/)) addMethod(name, operations[name]);
for (const [name, operation] of Object.entries(REWRITTEN)) addMethod(name, operation as Operation);

function addMethod(name: string, operation: Operation): void {
  Object.defineProperty(tf.Tensor.prototype, name, {
    configurable: true,
    writable: true,
    value(this: tf.Tensor, ...args: unknown[]) {
      if (this.isDisposed) throw new Error(`Tensor is disposed: it was used by .${name}() after its disposal`);
      return operation(this, ...args);
    },
  });
}
