import { tf } from "@course/tf";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, expect, test } from "vitest";
import { registerPlainKernels } from "../src/plain-kernels.ts";

beforeAll(registerPlainKernels);

/** Values on TensorFlow.js's reference backend and on the stock WASM backend with the plain kernels. */
async function onBoth(compute: () => tf.Tensor): Promise<[expected: number[], received: number[]]> {
  const values: number[][] = [];
  for (const backend of ["cpu", "wasm"]) {
    await tf.setBackend(backend);
    Object.assign(tf.backend(), { firstUse: false }); // or the cpu backend prints an advertisement
    values.push(tf.tidy(() => [...compute().dataSync()]));
  }
  return values as [number[], number[]];
}

test.each([
  [1, "same"],
  [2, "same"],
  [2, "valid"],
] as const)("gradient of a convolution to its filter, stride %i, %s", async (stride, pad) => {
  const [expected, received] = await onBoth(() => {
    const x = tf.randomUniform([2, 6, 5, 3], -1, 1, "float32", 1) as tf.Tensor4D;
    const filter = tf.randomUniform([3, 2, 3, 4], -1, 1, "float32", 2) as tf.Tensor4D;
    return tf.grad((w) => tf.square(tf.conv2d(x, w as tf.Tensor4D, stride, pad)))(filter);
  });
  for (const [i, value] of received.entries()) expect(value).toBeCloseTo(expected[i]!, 3);
});

test("gradient of a gather: rows 0 and 2 are read twice, row 3 never", async () => {
  const [expected, received] = await onBoth(() => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
    return tf.grad((each) => tf.gather(each, tf.tensor1d([0, 2, 1, 2, 0], "int32")))(x);
  });
  expect(received).toEqual([2, 2, 1, 1, 2, 2, 0, 0]);
  expect(received).toEqual(expected);
});
