import { adam, tf, useBackend } from "@course/tf";
import { beforeAll, expect, test } from "vitest";
import { STEP_BENCHMARKS } from "../src/step-benchmarks.ts";
import { type Embedding, stepNetwork } from "../src/step-networks.ts";
import type { StepNetworkName } from "../src/step-sizes.ts";
import { trainingStep } from "../src/training-step.ts";

beforeAll(async () => void (await useBackend("wasm", { threads: 1 })));

const CASES: [StepNetworkName, Embedding, { parameters: number; classes: number }][] = [
  ["cnn", "lookup", { parameters: 832 + 51_264 + 3137 * 1024 + 1025 * 10, classes: 10 }],
  ["mlp", "lookup", { parameters: 785 * 128 + 129 * 64 + 65 * 10, classes: 10 }],
  ["lstm", "lookup", { parameters: 64 * 64 + 4 * 193 * 128 + 129 * 64, classes: 64 }],
  ["lstm", "one-hot product", { parameters: 64 * 64 + 4 * 193 * 128 + 129 * 64, classes: 64 }],
  ["gru", "lookup", { parameters: 64 * 64 + 3 * 193 * 128 + 129 * 64, classes: 64 }],
];

test.each(CASES)(
  "%s (%s): parameters, first loss near ln(classes), a loss that falls, no leak",
  (name, embedding, expected) => {
    const network = stepNetwork(name, embedding);
    const step = trainingStep(network, adam());
    expect(network.model.countParams()).toBe(expected.parameters);
    const first = step();
    expect(Math.abs(first - Math.log(expected.classes))).toBeLessThan(0.5);
    const tensors = tf.memory().numTensors;
    const losses = Array.from({ length: 4 }, step);
    expect(losses.at(-1)).toBeLessThan(first);
    expect(tf.memory().numTensors).toBe(tensors);
  },
);

test("both embeddings compute the same loss", () => {
  const [lookup, product] = (["lookup", "one-hot product"] as const).map((embedding) =>
    trainingStep(stepNetwork("lstm", embedding), adam())(),
  );
  expect(product).toBeCloseTo(lookup!, 5);
});

test("PyTorch only where a Python is named; stock TensorFlow.js where it can train, with its one thread", () => {
  const names = (benchmark: string, machine: { python: string | undefined; threads: number }) =>
    STEP_BENCHMARKS.find(({ name }) => name === benchmark)!
      .contenders(machine)
      .map(({ name }) => name);
  const held = process.arch === "x64" ? ["PyTorch held to AVX2"] : [];
  expect(names("step-cnn", { python: undefined, threads: 1 })).toEqual(["@course/tf"]);
  expect(names("step-cnn", { python: "python", threads: 1 })).toEqual(["@course/tf", "PyTorch", ...held]);
  expect(names("step-lstm", { python: undefined, threads: 1 })).toEqual(["@course/tf", "stock TensorFlow.js WASM"]);
  expect(names("step-lstm", { python: undefined, threads: 2 })).toEqual(["@course/tf"]);
});
