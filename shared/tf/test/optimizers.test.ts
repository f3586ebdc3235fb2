import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test, vi } from "vitest";
import {
  adam,
  adamw,
  rmsprop,
  saveable,
  saveableOptimizer,
  setLearningRate,
  sgd,
  tf,
  useBackend,
} from "../src/index.ts";

beforeAll(async () => void (await useBackend("wasm")));

interface Golden {
  readonly start: [number[], number[]];
  readonly gradients: number[][];
  readonly weights: Readonly<Record<string, number[][]>>;
}
const golden = JSON.parse(readFileSync(new URL("golden/optimizers.json", import.meta.url), "utf8")) as Golden;

interface Weights {
  readonly w: tf.Variable;
  readonly b: tf.Variable;
}

interface Steps {
  readonly first?: number;
  readonly count: number;
}

/** Minimises Σ (x·w + b − 1)² on data that each step has of its own, and gives back the weights' values. */
function train(optimizer: tf.Optimizer, { first = 0, count }: Steps, { w, b }: Weights = start()): number[][] {
  for (let step = first; step < first + count; step++) {
    tf.tidy(() => {
      const x = tf.randomNormal([5, 3], 0, 1, "float32", step + 1) as tf.Tensor2D;
      const loss = () =>
        tf
          .matMul(x, w as tf.Tensor2D)
          .add(b)
          .sub(1)
          .square()
          .sum() as tf.Scalar;
      optimizer.minimize(loss, false, [w, b]);
    });
  }
  return [[...w.dataSync()], [...b.dataSync()]];
}

function start(): Weights {
  return { w: tf.variable(tf.tensor2d([1, 2, 3, -1, -2, -3], [3, 2])), b: tf.variable(tf.tensor1d([0.5, -0.5])) };
}

function expectClose(received: number[][], expected: number[][]): void {
  for (const [i, value] of received.flat().entries()) expect(value).toBeCloseTo(expected.flat()[i]!, 4);
}

describe("adam", () => {
  test("hand-worked first step: every weight moves by the learning rate against its gradient", () => {
    const w = tf.variable(tf.tensor1d([1, 1]));
    // g = [2, −3]: m̂ = g, v̂ = g², so w − 0.1·g/(|g| + 1e-7) = [0.9, 1.1]
    adam({ learningRate: 0.1 }).minimize(() => tf.sum(tf.mul(w, [2, -3])) as tf.Scalar, false, [w]);
    expect([...w.dataSync()].map((value) => Number(value.toFixed(6)))).toEqual([0.9, 1.1]);
  });

  test("agrees with TensorFlow.js's own over 20 steps", () =>
    expectClose(train(adam({ learningRate: 0.05 }), { count: 20 }), train(tf.train.adam(0.05), { count: 20 })));

  test("falls back to TensorFlow.js's own on another backend, and goes on from the same state", async () => {
    const onWasm = train(adam({ learningRate: 0.05 }), { count: 10 });
    const [optimizer, weights] = [adam({ learningRate: 0.05 }), start()];
    train(optimizer, { count: 5 }, weights);
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await useBackend("cpu");
    const switched = train(optimizer, { first: 5, count: 5 }, weights);
    await useBackend("wasm");
    expectClose(switched, onWasm);
  });

  test("resumes bit for bit", () => {
    const [first, weights] = [adam({ learningRate: 0.05 }), start()];
    train(first, { count: 5 }, weights);
    const states = [saveable([weights.w, weights.b]).state(), saveableOptimizer(first).state()];
    const whole = train(first, { first: 5, count: 5 }, weights);

    const [second, again] = [adam({ learningRate: 0.05 }), start()];
    saveable([again.w, again.b]).restore(states[0]!);
    saveableOptimizer(second).restore(states[1]!);
    expect(train(second, { first: 5, count: 5 }, again)).toEqual(whole);
  });

  test("writes in place, but never into a clone's values", () => {
    const { w, b } = start();
    const optimizer = adam();
    train(optimizer, { count: 1 }, { w, b });
    const clone = tf.clone(w);
    const before = [...clone.dataSync()];
    train(optimizer, { count: 1 }, { w, b });
    expect([...clone.dataSync()]).toEqual(before);
    expect([...w.dataSync()]).not.toEqual(before);
  });

  test("makes slots once and leaves no other tensor", () => {
    const [optimizer, weights] = [adam(), start()];
    train(optimizer, { count: 1 }, weights);
    const before = tf.memory().numTensors;
    train(optimizer, { first: 1, count: 3 }, weights);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("a variable without a gradient stays", () => {
    const { w, b } = start();
    adam().applyGradients([{ name: w.name, tensor: tf.ones([3, 2]) }]);
    expect([...b.dataSync()]).toEqual([0.5, -0.5]);
  });
});

describe("adamw", () => {
  test("hand-worked: with a gradient of 0, a matrix shrinks by rate · decay and a bias does not", () => {
    const { w, b } = start();
    const zero = [w, b].map(({ name, shape }) => ({ name, tensor: tf.zeros(shape) }));
    adamw({ learningRate: 0.1, weightDecay: 0.5 }).applyGradients(zero);
    const expected = [1, 2, 3, -1, -2, -3].map((value) => value * 0.95);
    expectClose([[...w.dataSync()]], [expected]);
    expect([...b.dataSync()]).toEqual([0.5, -0.5]);
  });

  test("does the same on another backend", async () => {
    const options = { learningRate: 0.05, weightDecay: 0.1, isDecayed: () => true };
    const onWasm = train(adamw(options), { count: 10 });
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await useBackend("cpu");
    const onCpu = train(adamw(options), { count: 10 });
    await useBackend("wasm");
    expectClose(onWasm, onCpu);
  });
});

describe("Keras's own, step by step, with its defaults", () => {
  const momentum = { learningRate: 0.05, momentum: 0.9 };
  const cases: Readonly<Record<string, () => tf.Optimizer>> = {
    sgd: () => sgd(),
    momentum: () => sgd(momentum),
    nesterov: () => sgd({ ...momentum, nesterov: true }),
    rmsprop: () => rmsprop(),
    rmspropMomentum: () => rmsprop({ learningRate: 0.01, rho: 0.8, momentum: 0.5, epsilon: 1e-3 }),
    adam: () => adam(),
    adamw: () => adamw(),
  };

  test.each(Object.entries(cases))("%s", (name, make) => {
    const optimizer = make();
    const w = tf.variable(tf.tensor2d(golden.start));
    for (const [step, gradient] of golden.gradients.entries()) {
      tf.tidy(() => optimizer.applyGradients([{ name: w.name, tensor: tf.tensor2d(gradient, [2, 3]) }]));
      expectClose([[...w.dataSync()]], [golden.weights[name]![step]!]);
    }
  });
});

const FUSED = [
  ["sgd", () => sgd({ learningRate: 0.01 })],
  ["sgd with momentum", () => sgd({ learningRate: 0.01, momentum: 0.9 })],
  ["sgd with Nesterov's momentum", () => sgd({ learningRate: 0.01, momentum: 0.9, nesterov: true })],
  ["rmsprop", () => rmsprop({ learningRate: 0.01 })],
  ["rmsprop with momentum", () => rmsprop({ learningRate: 0.01, momentum: 0.9 })],
] as const;

describe.each(FUSED)("%s", (_name, make) => {
  test("goes on from the same state on another backend", async () => {
    const onWasm = train(make(), { count: 10 });
    const [optimizer, weights] = [make(), start()];
    train(optimizer, { count: 5 }, weights);
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await useBackend("cpu");
    const switched = train(optimizer, { first: 5, count: 5 }, weights);
    await useBackend("wasm");
    expectClose(switched, onWasm);
  });

  test("resumes bit for bit, learning rate included", () => {
    const [first, weights] = [make(), start()];
    train(first, { count: 4 }, weights);
    setLearningRate(first, 0.02);
    train(first, { first: 4, count: 1 }, weights);
    const states = [saveable([weights.w, weights.b]).state(), saveableOptimizer(first).state()];
    const whole = train(first, { first: 5, count: 5 }, weights);
    const [second, again] = [make(), start()];
    saveable([again.w, again.b]).restore(states[0]!);
    saveableOptimizer(second).restore(states[1]!);
    expect(train(second, { first: 5, count: 5 }, again)).toEqual(whole);
  });

  test("makes slots once, leaves no other tensor, and a variable without a gradient stays", () => {
    const [optimizer, weights] = [make(), start()];
    train(optimizer, { count: 1 }, weights);
    const before = tf.memory().numTensors;
    train(optimizer, { first: 1, count: 3 }, weights);
    const bias = [...weights.b.dataSync()];
    tf.tidy(() => optimizer.applyGradients([{ name: weights.w.name, tensor: tf.ones([3, 2]) }]));
    expect(tf.memory().numTensors).toBe(before);
    expect([...weights.b.dataSync()]).toEqual(bias);
  });
});
