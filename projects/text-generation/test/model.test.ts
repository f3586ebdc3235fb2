import { createRandom } from "@course/core";
import { tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import { emptyStates, logitsOf, read } from "../src/model.ts";
import { createReader } from "../src/reader.ts";
import { randomText, small } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

const ids = (tokens: ArrayLike<number>, batch = 1) =>
  tf.tensor2d(Int32Array.from(tokens), [batch, tokens.length / batch], "int32");
const random = createRandom(2);
const MODELS = ["lstm", "gru"] as const;

describe("network", () => {
  test.each(MODELS)("2.1 %s: shapes of outputs and states", (model) => {
    const network = small({ model, units: 5, embedding: 3 });
    const { hidden, states } = read(network, ids(randomText(8, 11, random), 2), emptyStates(network, 2));
    expect(hidden.shape).toEqual([2, 4, 5]);
    expect(states.map(({ shape }) => shape)).toEqual(Array.from({ length: model === "lstm" ? 2 : 1 }, () => [2, 5]));
    expect(logitsOf(network, hidden.reshape([8, 5])).shape).toEqual([8, 11]);
  });
  test("number of parameters, hand-worked: tied and untied", () => {
    const count = (network: ReturnType<typeof small>) => network.variables.reduce((sum, { size }) => sum + size, 0);
    // tied: one table 11·6, bias 11, LSTM 4·(6·6 + 6·6 + 6)
    expect(count(small())).toBe(66 + 11 + 312);
    // untied: tables 11·3 and 11·5, bias 11, GRU 3·(3·5 + 5·5 + 5)
    expect(count(small({ model: "gru", units: 5, embedding: 3 }))).toBe(33 + 55 + 11 + 135);
  });
  test.each(MODELS)("2.1 %s: a text read in two parts, the state carried, is the text read at once", (model) => {
    const network = small({ model });
    const text = randomText(9, 11, random);
    const whole = read(network, ids(text), emptyStates(network, 1)).hidden.slice([0, 4, 0]);
    const first = read(network, ids(text.subarray(0, 4)), emptyStates(network, 1));
    const second = read(network, ids(text.subarray(4)), first.states).hidden;
    expect(tf.max(tf.abs(tf.sub(whole, second))).dataSync()[0]).toBeLessThan(1e-6);
  });
  test("2.1 what was read matters: another first token changes the last output", () => {
    const network = small();
    const last = (tokens: number[]) => [
      ...read(network, ids(tokens), emptyStates(network, 1)).hidden.slice([0, 2, 0]).dataSync(),
    ];
    expect(last([1, 2, 3])).not.toEqual(last([4, 2, 3]));
  });
  test("2.1 dropout in training only, another mask at each step", () => {
    const network = small({ dropout: 0.5 });
    const text = ids(randomText(6, 11, random));
    const at = (step?: number) => read(network, text, emptyStates(network, 1), step);
    const hidden = (step?: number) => [...at(step).hidden.dataSync()];
    expect(hidden()).toEqual(hidden());
    expect(hidden(1)).toEqual(hidden(1));
    expect(hidden(1)).not.toEqual(hidden(2));
    expect(hidden()).not.toContain(0);
    expect(hidden(1)).toContain(0);
    expect([...at(1).states[0]!.dataSync()]).not.toEqual([...at(2).states[0]!.dataSync()]); // of what comes in, too
  });
});

describe("reader", () => {
  test.each(MODELS)(
    "6.1 %s: rows that go on from other rows predict what a fresh reading of each text predicts",
    (model) => {
      const network = small({ model });
      const reader = createReader(network);
      const fresh = (text: number[]) => {
        const own = createReader(network);
        const { logProbabilities } = own.start(text);
        own.dispose();
        return logProbabilities;
      };
      reader.start([3, 1]);
      reader.advance([0, 0, 0], [5, 6, 7]);
      const { logProbabilities, rows } = reader.advance([2, 0], [8, 9]);
      expect(rows).toBe(2);
      const expected = [...fresh([3, 1, 7, 8]), ...fresh([3, 1, 5, 9])];
      expected.forEach((value, i) => {
        expect(logProbabilities[i]).toBeCloseTo(value, 5);
      });
      reader.dispose();
    },
  );
  test("6.1 probabilities sum to 1; an empty prompt will do; no tensor stays", () => {
    const network = small();
    const before = tf.memory().numTensors;
    const reader = createReader(network);
    const { logProbabilities } = reader.start([]);
    expect(logProbabilities.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 5);
    reader.advance([0, 0], [1, 2]);
    reader.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
