import { beforeAll, describe, expect, test, vi } from "vitest";
import { findLeaks, gru, lstm, tf, useBackend } from "../src/index.ts";

beforeAll(async () => void (await useBackend("wasm")));

const [batch, time, inputs, units] = [3, 5, 4, 7];
const STOCK = { lstm: tf.layers.lstm, gru: tf.layers.gru };
const OURS = { lstm, gru };

interface Case {
  readonly args?: object;
  readonly mask?: number[][];
  readonly hasInitialState?: boolean;
}

type Name = "lstm" | "gru";

/** Outputs and states, and the gradients of Σ dy·output (dy random) to inputs, weights and initial states. */
function run(name: Name, layer: tf.layers.Layer, { mask, hasInitialState }: Case): number[][] {
  return tf.tidy(() => {
    layer.build([batch, time, inputs]);
    layer.setWeights(layer.weights.map(({ shape }, i) => tf.randomNormal(shape as number[], 0, 0.5, "float32", i + 1)));
    const random = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
    const states = Array.from({ length: name === "lstm" ? 2 : 1 }, (_, i) => random([batch, units], 20 + i));
    const forward = (x: tf.Tensor, ...initialState: tf.Tensor[]) =>
      [
        layer.call(x, {
          ...(mask && { mask: tf.tensor2d(mask, undefined, "bool") }),
          ...(hasInitialState && { initialState }),
        }),
      ].flat();
    const loss = (...tensors: tf.Tensor[]) => {
      const outputs = forward(...(tensors as [tf.Tensor]));
      return tf.addN(outputs.map((y, i) => tf.sum(tf.mul(y, random(y.shape, 30 + i))))) as tf.Scalar;
    };
    const x = random([batch, time, inputs], 10);
    const tensors = hasInitialState ? [x, ...states] : [x];
    const outputs = forward(...(tensors as [tf.Tensor]));
    const gradients = tf.grads(loss)(tensors);
    const { grads } = tf.variableGrads(() => loss(...tensors));
    const weights = layer.trainableWeights.map(({ name }) => grads[name]!);
    return [...outputs, ...gradients, ...weights].map((tensor) => [...tensor.dataSync()]);
  });
}

function expectClose(received: number[][], expected: number[][]): void {
  expect(received.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  for (const [i, values] of received.entries()) {
    const scale = Math.max(...expected[i]!.map(Math.abs));
    for (const [j, value] of values.entries()) expect(Math.abs(value - expected[i]![j]!) / scale).toBeLessThan(1e-5);
  }
}

const MASK = [
  [1, 1, 1, 1, 1],
  [0, 1, 1, 0, 1],
  [1, 1, 0, 0, 0],
];

const CASES: [string, Case][] = [
  ["last output", {}],
  ["all outputs", { args: { returnSequences: true } }],
  ["last output and state", { args: { returnState: true } }],
  ["all outputs and state", { args: { returnSequences: true, returnState: true } }],
  ["initial state", { args: { returnSequences: true, returnState: true }, hasInitialState: true }],
  ["mask", { args: { returnSequences: true, returnState: true }, mask: MASK, hasInitialState: true }],
  ["mask, last output", { mask: MASK }],
  ["backwards", { args: { returnSequences: true, goBackwards: true } }],
  ["backwards with a mask: left to TensorFlow.js", { args: { goBackwards: true }, mask: MASK }],
  ["no bias", { args: { useBias: false } }],
  ["ReLU: left to TensorFlow.js", { args: { activation: "relu" } }],
  ["hard sigmoid: left to TensorFlow.js", { args: { recurrentActivation: "hardSigmoid" } }],
];

describe.each(["lstm", "gru"] as const)("%s", (name) => {
  test.each(CASES)("agrees with TensorFlow.js's own layer: %s", (_, options) => {
    const args = { units, recurrentActivation: "sigmoid", ...options.args } as const;
    expectClose(run(name, OURS[name]({ ...args, seed: 1 }), options), run(name, STOCK[name](args), options));
  });

  test("uses one operation on the WASM backend, where TensorFlow.js uses many", async () => {
    const count = async (layer: tf.layers.Layer) => {
      const x = tf.ones([batch, time, inputs]);
      layer.apply(x);
      const { kernels } = await tf.profile(() => void tf.tidy(() => void layer.apply(x)));
      return kernels.filter(({ name }) => name.includes("MatMul")).length;
    };
    expect(await count(OURS[name]({ units, seed: 1 }))).toBe(0);
    expect(await count(STOCK[name]({ units }))).toBeGreaterThan(time);
  });

  test("works on another backend", async () => {
    const options = { args: { returnSequences: true } };
    const args = { units, recurrentActivation: "sigmoid", ...options.args } as const;
    const onWasm = run(name, OURS[name]({ ...args, seed: 1 }), options);
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await useBackend("cpu");
    const onCpu = run(name, OURS[name]({ ...args, seed: 1 }), options);
    await useBackend("wasm");
    expectClose(onWasm, onCpu);
  });

  test("seeds decide the weights; Keras's defaults", () => {
    const weights = (seed: number) => {
      const layer = OURS[name]({ units: 2, seed });
      layer.build([1, 1, 2]);
      return layer.getWeights().map((weight) => [...weight.dataSync()]);
    };
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)[0]).not.toEqual(weights(2)[0]);
    expect(weights(1)[2]).toEqual(name === "lstm" ? [0, 0, 1, 1, 0, 0, 0, 0] : [0, 0, 0, 0, 0, 0]);
    expect(OURS[name]({ units: 2, seed: 1 }).getConfig()).toMatchObject({ recurrentActivation: "sigmoid" });
  });

  test("leaves no tensor behind", () => {
    const layer = OURS[name]({ units, seed: 1, returnSequences: true });
    const x = tf.ones([batch, time, inputs]);
    layer.apply(x);
    const step = () => tf.tidy(() => void tf.variableGrads(() => tf.sum(layer.apply(x) as tf.Tensor)));
    step();
    expect(findLeaks(step)).toEqual([]);
  });

  test("sizes that meet every edge: units 1, 8, 9; batch 1, 9", () => {
    for (const [b, t, i, u] of [
      [1, 2, 1, 1], // one step: TensorFlow.js's own gradient fails
      [9, 3, 2, 8],
      [2, 4, 17, 9],
    ] as const) {
      const x = tf.randomNormal([b, t, i], 0, 1, "float32", 1);
      const args = { units: u, recurrentActivation: "sigmoid" } as const;
      const layers = [OURS[name]({ ...args, seed: 1 }), STOCK[name](args)];
      const values = layers.map((layer) => {
        layer.build(x.shape);
        layer.setWeights(
          layer.weights.map(({ shape }, n) => tf.randomNormal(shape as number[], 0, 0.5, "float32", n + 1)),
        );
        const gradient = tf.grad((x) => tf.sum(tf.square(layer.call(x, {}) as tf.Tensor)))(x);
        return [[...(layer.call(x, {}) as tf.Tensor).dataSync()], [...gradient.dataSync()]];
      });
      expectClose(values[0]!, values[1]!);
    }
  });
});
