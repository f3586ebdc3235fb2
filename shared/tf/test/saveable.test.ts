import { UserError } from "@course/core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type SavedState,
  saveable,
  saveableOptimizer,
  seededDropout,
  seededInitializers,
  setLearningRate,
  tf,
  useBackend,
} from "../src/index.ts";

beforeAll(async () => void (await useBackend("wasm")));

function buildModel(seed: number, units = 3): tf.Sequential {
  const { heNormal } = seededInitializers(seed);
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [4], units: 8, activation: "relu", kernelInitializer: heNormal() }),
      tf.layers.batchNormalization(),
      seededDropout({ rate: 0.3, seed: 5 }),
      tf.layers.dense({ units, kernelInitializer: heNormal() }),
    ],
  });
}

function train(model: tf.LayersModel, optimizer: tf.Optimizer, steps: readonly number[]): void {
  for (const step of steps) {
    tf.tidy(() => {
      const x = tf.randomNormal([6, 4], 0, 1, "float32", step + 1);
      const y = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"), 3);
      const loss = () =>
        tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor2D) as tf.Scalar;
      optimizer.minimize(loss);
    });
  }
}

const weights = (model: tf.LayersModel) => model.weights.map((weight) => [...weight.read().dataSync()]);
/** As a checkpoint keeps it: JSON through text, arrays as copies. */
const throughDisk = ({ arrays, json }: SavedState): SavedState => ({
  arrays: Object.fromEntries(Object.entries(arrays).map(([k, v]) => [k, Float32Array.from(v)])),
  json: JSON.parse(JSON.stringify(json)),
});

const OPTIMIZERS: [string, () => tf.Optimizer][] = [
  ["sgd", () => tf.train.sgd(0.1)],
  ["momentum", () => tf.train.momentum(0.1, 0.9, true)],
  ["adam", () => tf.train.adam(0.01)],
  ["adamax", () => tf.train.adamax(0.01)],
  ["rmsprop", () => tf.train.rmsprop(0.01, 0.9, 0.5)],
  ["rmsprop, centered", () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7, true)],
  ["adagrad", () => tf.train.adagrad(0.1)],
  ["adadelta", () => tf.train.adadelta(1)],
];

describe("exact resume", () => {
  test.each(OPTIMIZERS)("%s: 5 steps, a checkpoint, 5 steps equal 10 steps bit for bit", (_, makeOptimizer) => {
    const [whole, wholeOptimizer] = [buildModel(1), makeOptimizer()];
    train(whole, wholeOptimizer, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

    const [first, firstOptimizer] = [buildModel(1), makeOptimizer()];
    train(first, firstOptimizer, [0, 1, 2, 3, 4]);
    const states = [saveable(first).state(), saveableOptimizer(firstOptimizer).state()].map(throughDisk);

    const [second, secondOptimizer] = [buildModel(2), makeOptimizer()];
    train(second, secondOptimizer, [7]); // slots and counters that restore must replace
    saveable(second).restore(states[0]!);
    saveableOptimizer(secondOptimizer).restore(states[1]!);
    expect(weights(second)).toEqual(weights(first));
    expect(secondOptimizer.iterations).toBe(5);
    train(second, secondOptimizer, [5, 6, 7, 8, 9]);

    expect(weights(second)).toEqual(weights(whole));
    expect(saveableOptimizer(secondOptimizer).state()).toEqual({
      arrays: saveableOptimizer(wholeOptimizer).state().arrays,
      json: { ...(saveableOptimizer(wholeOptimizer).state().json as object), slots: expect.anything() },
    });
  });

  test("restoring again and again makes no tensor", () => {
    const [model, optimizer] = [buildModel(1), tf.train.adam(0.01)];
    train(model, optimizer, [0]);
    const states = [saveable(model).state(), saveableOptimizer(optimizer).state()];
    const before = tf.memory().numTensors;
    saveable(model).restore(states[0]!);
    saveableOptimizer(optimizer).restore(states[1]!);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("the learning rate is restored, and takes effect", () => {
    for (const [, makeOptimizer] of OPTIMIZERS) {
      const [model, optimizer] = [buildModel(1), makeOptimizer()];
      setLearningRate(optimizer, 0);
      const other = makeOptimizer();
      saveableOptimizer(other).restore(saveableOptimizer(optimizer).state());
      const kernel = () => [...model.weights[0]!.read().dataSync()];
      const before = kernel();
      train(model, other, [0]);
      expect(kernel()).toEqual(before);
    }
  });
});

describe("saveable", () => {
  test("takes a list of variables", () => {
    const table = tf.variable(tf.tensor2d([1, 2, 3, 4], [2, 2]), true, "table");
    const saved = throughDisk(saveable([table]).state());
    expect(Object.keys(saved.arrays)).toEqual(["0/table"]);
    table.assign(tf.zeros([2, 2]));
    saveable([table]).restore(saved);
    expect([...table.dataSync()]).toEqual([1, 2, 3, 4]);
  });

  test("a model with other sizes or layers is refused, and stays as it was", () => {
    const model = buildModel(1);
    const before = weights(model);
    const other = saveable(buildModel(1, 5)).state();
    expect(() => saveable(model).restore(other)).toThrow("expected 24 values for shape [8, 3], received 40");
    expect(() => saveable(model).restore(other)).toThrow(UserError);
    expect(weights(model)).toEqual(before);
    const small = tf.sequential({ layers: [tf.layers.dense({ inputShape: [2], units: 1 })] });
    expect(() => saveable(model).restore(saveable(small).state())).toThrow("expected 8 arrays");
  });

  test("another optimizer is refused", () => {
    const saved = saveableOptimizer(tf.train.sgd(0.1)).state();
    const restore = () => saveableOptimizer(tf.train.adam(0.1)).restore(saved);
    expect(restore).toThrow("expected Adam, received SGD (resumed with another --optimizer?)");
    expect(restore).toThrow(UserError);
  });
});
