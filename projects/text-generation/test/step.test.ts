import { createRandom } from "@course/core";
import { adamw, leakGuard, saveable, tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import { drawCandidates } from "../src/candidates.ts";
import { addUp, evaluate } from "../src/evaluate.ts";
import { emptyStates, logitsOf, read } from "../src/model.ts";
import { clip, trainStep } from "../src/step.ts";
import { NONE } from "../src/streams.ts";
import { memoryOf, randomText, small, streamsOf } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

function setUp({ model = "lstm" as "lstm" | "gru", seed = 1, units = 8, rate = 0.02, dropout = 0 } = {}) {
  const network = small({ model, units, embedding: units, seed, dropout });
  const memory = memoryOf(network, 2);
  const optimizer = adamw({ learningRate: rate });
  const streams = streamsOf([randomText(24, 11, createRandom(9))], 2, 4);
  const training = { network, optimizer, memory };
  return {
    ...training,
    streams,
    step: (i: number) => trainStep(training, streams, { window: i % streams.windows, step: i }),
  };
}

describe("training step", () => {
  test("4.1 the loss at step 0 is near ln 11, that of a guess", () =>
    expect(Math.abs(setUp().step(0) - Math.log(11))).toBeLessThan(0.1));
  test.each(["lstm", "gru"] as const)("4.1 %s learns a short text by heart", (model) => {
    const { step, streams } = setUp({ model, units: 24 });
    let loss = Number.NaN;
    for (let i = 0; i < 60 * streams.windows; i++) loss = step(i);
    expect(loss).toBeLessThan(0.1);
  });
  test("4.1 carries what it remembers: windows one after another leave the states of the whole text", () => {
    const { network, memory, streams, step } = setUp({ rate: 1e-12 });
    for (let window = 0; window < streams.windows; window++) step(window);
    const row = (b: number) =>
      Array.from({ length: streams.windows }, (_, w) => [
        ...streams.inputs.subarray((w * 2 + b) * 4, (w * 2 + b) * 4 + 4),
      ]).flat();
    const whole = read(network, tf.tensor2d([row(0), row(1)], undefined, "int32"), emptyStates(network, 2)).states;
    memory.forEach((state, i) => {
      expect(tf.max(tf.abs(tf.sub(state, whole[i]!))).dataSync()[0]).toBeLessThan(1e-5);
    });
  });
  test("4.1 forgets at a reset", () => {
    const { network, memory, step } = setUp({ rate: 1e-12 });
    const first = step(0);
    for (const state of memory) state.assign(tf.ones(state.shape).mul(0.9));
    expect(step(0)).toBeCloseTo(first, 6); // both rows of the first window are reset
    expect(network.states).toBe(2);
  });
  test("4.1 changes every weight, with a sampled softmax too", () => {
    const { network, optimizer, memory, streams } = setUp();
    const before = network.variables.map((variable) => [...variable.dataSync()]);
    const shares = new Float64Array(11).fill(1 / 11);
    const text = Int32Array.from({ length: 11 }, (_, i) => i);
    const sample = (targets: Int32Array) =>
      drawCandidates(targets, { shares, text, draws: 40, random: createRandom(1) });
    trainStep({ network, optimizer, memory }, streams, { window: 0, step: 0, sample });
    network.variables.forEach((variable, i) => {
      expect([...variable.dataSync()]).not.toEqual(before[i]);
    });
  });
  test("4.1 a sampled softmax stands in for the whole one, its corrections count", () => {
    const ids = Int32Array.from({ length: 11 }, (_, i) => i);
    const loss = (corrections?: Float32Array) => {
      const training = setUp();
      const sample = corrections && ((targets: Int32Array) => ({ ids, targets, corrections }));
      return trainStep(training, training.streams, { window: 0, step: 0, sample });
    };
    expect(loss(new Float32Array(11))).toBeCloseTo(loss(), 5); // all tokens drawn
    expect(loss(Float32Array.of(5, ...new Float32Array(10)))).toBeGreaterThan(loss() + 1); // 0 is no target
  });
  test("4.1 drops in training: another loss at another step, and without dropout", () => {
    const loss = (dropout: number, step: number) => {
      const training = setUp({ dropout });
      return trainStep(training, training.streams, { window: 0, step });
    };
    expect(new Set([loss(0.5, 0), loss(0.5, 1), loss(0, 0)]).size).toBe(3); // of equal fresh weights
  });
  test("4.1 two runs of one seed are identical", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => setUp({ seed, dropout: 0.3 }));
    for (let i = 0; i < 4; i++) for (const one of [a!, b!, c!]) one.step(i);
    expect(saveable(a!.network.variables).state()).toEqual(saveable(b!.network.variables).state());
    expect(saveable(a!.network.variables).state()).not.toEqual(saveable(c!.network.variables).state());
  });
  test("4.1 leaves no tensor behind", () => {
    const { step } = setUp();
    step(0);
    const guard = leakGuard();
    guard.check("step 1");
    for (let i = 1; i < 4; i++) step(i);
    expect(() => guard.check("step 4")).not.toThrow();
  });
  test("4.2 hand-worked: gradients of norm 13 scaled to 1 together, one below the limit left alone", () => {
    const grads = { a: tf.tensor1d([3, 4]), b: tf.scalar(12) }; // √(9 + 16 + 144) = 13
    const clipped = clip(grads, 1);
    expect([...clipped.a!.dataSync(), ...clipped.b!.dataSync()].map((value) => value * 13)).toEqual(
      [3, 4, 12].map((value) => expect.closeTo(value, 4)),
    );
    expect([...clip(grads, 20).a!.dataSync()]).toEqual([3, 4]);
  });
});

describe("evaluation", () => {
  test("5.1 hand-worked: loss, right answers, `<unk>` neither answer nor right, NONE left out", () => {
    const sums = { loss: 0, right: 0 };
    // rows: right; <unk> is likeliest, so the next one is the answer, and right; a target <unk>; left out
    const p = Float32Array.of(0.1, 0.2, 0.7, 0.6, 0.3, 0.1, 0.5, 0.2, 0.3, 0, 1, 0);
    addUp(sums, p, Int32Array.of(2, 1, 0, NONE));
    expect(sums.loss).toBeCloseTo(-Math.log(0.7) - Math.log(0.3) - Math.log(0.5), 6);
    expect(sums.right).toBe(2);
  });
  test("5.1 a text read in windows costs what it costs read at once", async () => {
    const network = small();
    const text = randomText(40, 11, createRandom(4));
    const { loss, tokens } = await evaluate(network, [text]);
    const inputs = tf.tensor2d([[0, ...text.subarray(0, 39)]], undefined, "int32");
    // evaluate reads 40 tokens as two streams: the second, of 8 tokens, begins anew at token 32
    const parts = [tf.slice(inputs, [0, 0], [1, 32]), tf.slice(inputs, [0, 32], [1, 8])];
    let sum = 0;
    parts.forEach((part, i) => {
      const { hidden } = read(network, part as tf.Tensor2D, emptyStates(network, 1));
      const logP = tf.logSoftmax(logitsOf(network, hidden.reshape([-1, 6]))).dataSync();
      text.subarray(i * 32, (i + 1) * 32).forEach((token, t) => {
        sum -= logP[t * 11 + token]!;
      });
    });
    expect(tokens).toBe(40);
    expect(loss).toBeCloseTo(sum / 40, 5);
  });
  test("leaves no tensor behind", async () => {
    const network = small();
    const before = tf.memory().numTensors;
    await evaluate(network, [randomText(90, 11, createRandom(4))]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
