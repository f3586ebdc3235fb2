import { lstm, tf } from "@course/tf";
import { answerRounds } from "./answer-rounds.ts";
import type { CaseTensor, KernelCase } from "./kernel-cases.ts";
import { heapBytes, startEngine } from "./start-engine.ts";

// The kernels of BENCH_CASES, on what BENCH_ENGINE and BENCH_THREADS say.
const description = await startEngine();
const cases = JSON.parse(process.env.BENCH_CASES!) as KernelCase[];
const prepared = new Map<string, (() => unknown) | undefined>();

/** A kernel that is ready to run; undefined where this backend lacks it. */
function prepare({ kernel, inputs, attributes }: KernelCase): (() => unknown) | undefined {
  const tensors = Object.fromEntries(Object.entries(inputs).map(([name, tensor], i) => [name, makeTensor(tensor, i)]));
  if (kernel === "LSTMCell") {
    const layer = lstm({ units: attributes.units as number, seed: 1 });
    return () => tf.tidy(() => void layer.apply(tensors.x!));
  }
  if (!tf.getKernel(kernel, tf.getBackend())) return undefined;
  if (kernel === "MaxPoolGrad") tensors.output = tf.maxPool(tensors.input as tf.Tensor4D, 2, 2, "valid");
  return () => tf.tidy(() => void tf.engine().runKernel(kernel, tensors, attributes as tf.NamedAttrMap));
}

function makeTensor({ shape, below }: CaseTensor, seed: number): tf.Tensor {
  const type = below === undefined ? "float32" : "int32";
  return tf.randomUniform([...shape], 0, below ?? 1, type, seed + 1);
}

const find = (part: string) => {
  if (!prepared.has(part)) prepared.set(part, prepare(cases.find(({ name }) => name === part)!));
  return prepared.get(part);
};
await answerRounds(description, find, { heapBytes });
