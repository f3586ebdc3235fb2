import { UserError } from "@course/core";
import * as tf from "@tensorflow/tfjs-core";

/** What a user calls the kernels whose own names do not say it. */
const OPERATIONS: Readonly<Record<string, string>> = {
  Conv2DBackpropFilter: "gradient of conv2d to its filter",
  Conv2DBackpropInput: "gradient of conv2d to its input",
  DepthwiseConv2dNativeBackpropFilter: "gradient of depthwiseConv2d to its filter",
  DepthwiseConv2dNativeBackpropInput: "gradient of depthwiseConv2d to its input",
  UnsortedSegmentSum: "unsortedSegmentSum, the gradient of gather and embeddings",
  FFT: "fft",
  IFFT: "ifft",
};

/** Core has a way of its own where a backend lacks these. */
const HAS_FALLBACK: ReadonlySet<string> = new Set([tf.FromPixels]);

/**
 * Gives a backend, for each kernel of TensorFlow.js that it lacks, one that throws a UserError with
 * the operation, the backend and the way out. Call it again after the backend has got more kernels.
 */
export function explainMissingKernels(backendName: string, wayOut: string): void {
  for (const kernelName of kernelNames()) {
    if (tf.getKernel(kernelName, backendName) || HAS_FALLBACK.has(kernelName)) continue;
    const operation = OPERATIONS[kernelName] ?? kernelName;
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: () => {
        throw new UserError(`backend ${backendName} has no kernel for ${operation} (${kernelName}): ${wayOut}`);
      },
    });
  }
}

/** TensorFlow.js exports each kernel's name as a constant of that name. */
function kernelNames(): string[] {
  return Object.entries(tf).flatMap(([name, value]) => (name === value ? [name] : []));
}
