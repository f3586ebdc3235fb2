import { UserError } from "@course/core";
import "@tensorflow/tfjs-backend-wasm";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { registerTrainingKernels } from "../../src/tfjs/index.ts";

beforeAll(async () => {
  await registerTrainingKernels(tf, { vectorWidth: 128 });
  await tf.setBackend("wasm");
});

const GIBIBYTE_OF_FLOATS = 2 ** 28;
/** A tensor whose values are never written, so that the system provides no memory for it. */
const allocate = (length: number) => (tf.backend() as BackendWasm).makeOutput([length], "float32");

test("a batch that does not fit is refused with advice, and nothing is lost", () => {
  const weights = tf.tensor1d([1, 2, 3]);
  const blocks: tf.TensorInfo[] = [];
  const fill = () => {
    for (;;) blocks.push(allocate(GIBIBYTE_OF_FLOATS));
  };
  expect(fill).toThrow(UserError);
  expect(blocks.length).toBeGreaterThanOrEqual(1);
  expect(() => allocate(GIBIBYTE_OF_FLOATS)).toThrow(/out of memory: no room for 1024 MB more.*use a smaller batch/);
  expect(tf.add(weights, 1).dataSync()).toEqual(Float32Array.of(2, 3, 4));

  for (const { dataId } of blocks) tf.backend().disposeData(dataId);
  expect(tf.matMul(tf.ones([100, 200]), tf.ones([200, 3])).dataSync()[299]).toBe(200);
  tf.backend().disposeData(allocate(GIBIBYTE_OF_FLOATS).dataId);
});

test("a size beyond 32 bits is refused: it would wrap around to a small one", () => {
  expect(() => allocate(2 ** 30 + 1)).toThrow("no room for 4097 MB more");
});
