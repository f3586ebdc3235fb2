import { beforeAll, describe, expect, test, vi } from "vitest";
import { batchNormalization, findLeaks, tf, useBackend } from "../src/index.ts";

beforeAll(async () => void (await useBackend("wasm")));

type LayerFactory = (args: object) => tf.layers.Layer;

/** Output, gradients of Σ dy·y with respect to x, gamma and beta, and the moving averages after one training step. */
function trainOnce(factory: LayerFactory, shape: number[]): number[][] {
  return tf.tidy(() => {
    const channels = shape.at(-1)!;
    const layer = factory({ momentum: 0.8 });
    layer.build(shape);
    layer.setWeights([
      tf.range(1, channels + 1),
      tf.range(0, channels),
      tf.fill([channels], 0.5),
      tf.fill([channels], 2),
    ]);
    const x = tf.add(tf.randomNormal(shape, 0, 3, "float32", 1), 1);
    const dy = tf.randomNormal(shape, 0, 1, "float32", 2);
    const run = (input: tf.Tensor) =>
      tf.sum(tf.mul(dy, layer.apply(input, { training: true }) as tf.Tensor)) as tf.Scalar;
    const dx = tf.grad(run)(x);
    const moved = layer.getWeights().map((weight) => [...weight.dataSync()]);
    const { value, grads } = tf.variableGrads(() => run(x));
    return [[...dx.dataSync()], ...moved, [...value.dataSync()], ...Object.values(grads).map((g) => [...g.dataSync()])];
  });
}

function expectClose(received: number[][], expected: number[][]): void {
  expect(received.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  for (const [i, values] of received.entries()) {
    const scale = Math.max(...expected[i]!.map(Math.abs), 1e-6);
    for (const [j, value] of values.entries()) expect(Math.abs(value - expected[i]![j]!) / scale).toBeLessThan(2e-5);
  }
}

describe("batchNormalization", () => {
  test.each([[[6, 3]], [[4, 5, 6, 7]], [[1, 3, 2, 16]]])("agrees with TensorFlow.js's own layer on %s", (shape) =>
    expectClose(trainOnce(batchNormalization, shape), trainOnce(tf.layers.batchNormalization, shape)),
  );

  test("a batch of one gives beta", () => {
    const layer = batchNormalization();
    layer.build([1, 2]);
    layer.setWeights([tf.tensor1d([3, 4]), tf.tensor1d([0.25, -7]), tf.zeros([2]), tf.ones([2])]);
    const y = layer.apply(tf.tensor2d([100, -100], [1, 2]), { training: true }) as tf.Tensor;
    expect([...y.dataSync()]).toEqual([0.25, -7]);
  });

  test("predicts with the moving averages", () => {
    const layer = batchNormalization({ epsilon: 0 });
    layer.build([1, 1]);
    layer.setWeights([tf.tensor1d([2]), tf.tensor1d([1]), tf.tensor1d([10]), tf.tensor1d([4])]);
    // 2·(12 − 10)/√4 + 1 = 3
    expect((layer.apply(tf.tensor2d([12], [1, 1])) as tf.Tensor).dataSync()[0]).toBeCloseTo(3, 6);
  });

  test("leaves no tensor behind", () => {
    const layer = batchNormalization();
    layer.build([4, 3]);
    const x = tf.ones([4, 3]);
    const step = () =>
      tf.tidy(() => void tf.variableGrads(() => tf.sum(layer.apply(x, { training: true }) as tf.Tensor)));
    step();
    expect(findLeaks(step)).toEqual([]);
  });

  test("is TensorFlow.js's own on another backend and within a second derivative", async () => {
    const secondDerivative = (factory: LayerFactory) => {
      const layer = factory({});
      layer.build([3, 2]);
      const f = (x: tf.Tensor) => tf.sum(tf.square(layer.apply(x, { training: true }) as tf.Tensor));
      return tf
        .grad((x) => tf.sum(tf.square(tf.grad(f)(x))))(tf.tensor2d([1, 2, 4, 3, 0, 7], [3, 2]))
        .dataSync();
    };
    expect(secondDerivative(batchNormalization)).toEqual(secondDerivative(tf.layers.batchNormalization));
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await useBackend("cpu");
    expect(trainOnce(batchNormalization, [5, 2])).toEqual(trainOnce(tf.layers.batchNormalization, [5, 2]));
    await useBackend("wasm");
  });
});
