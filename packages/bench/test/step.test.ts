import { adam, tf, useBackend } from "@course/tf";
import { beforeAll, expect, test } from "vitest";
import { STEP_BENCHMARKS } from "../src/step-benchmarks.ts";
import { stepNetwork } from "../src/step-networks.ts";
import type { StepNetworkName } from "../src/step-sizes.ts";
import { trainingStep } from "../src/training-step.ts";

beforeAll(async () => void (await useBackend("wasm", { threads: 1 })));

const CASES: [StepNetworkName, { parameters: number; classes: number }][] = [
  ["cnn", { parameters: 832 + 51_264 + 3137 * 1024 + 1025 * 10, classes: 10 }],
  ["vgg", { parameters: 28 * 32 + 289 * 32 + 289 * 64 + 577 * 64 + 4097 * 128 + 129 * 10, classes: 10 }],
  ["mlp", { parameters: 785 * 128 + 129 * 64 + 65 * 10, classes: 10 }],
  ["lstm", { parameters: 64 * 64 + 4 * 193 * 128 + 129 * 64, classes: 64 }],
  ["gru", { parameters: 64 * 64 + 3 * 193 * 128 + 129 * 64, classes: 64 }],
  ["cbow", { parameters: 2 * 5000 * 100, classes: 5000 }],
];

test.each(CASES)("%s: parameters, first loss near ln(classes), a loss that falls, no leak", (name, expected) => {
  const network = stepNetwork(name);
  const step = trainingStep(network, adam());
  expect(network.model.countParams()).toBe(expected.parameters);
  const first = step();
  expect(Math.abs(first - Math.log(expected.classes))).toBeLessThan(0.5);
  const tensors = tf.memory().numTensors;
  const losses = Array.from({ length: 2 }, step);
  expect(losses.at(-1)).toBeLessThan(first);
  expect(tf.memory().numTensors).toBe(tensors);
});

test("PyTorch only where a Python is named, tfjs-node where it is installed, stock TensorFlow.js with its one thread", () => {
  const names = (machine: { python?: string; threads: number; hasNative?: boolean }) =>
    STEP_BENCHMARKS.find(({ name }) => name === "step-cnn")!
      .contenders({ python: undefined, hasNative: false, ...machine })
      .map(({ name }) => name);
  const held = process.arch === "x64" ? ["PyTorch held to AVX2"] : [];
  const stock = "stock TensorFlow.js WASM";
  expect(names({ threads: 1 })).toEqual(["@course/tf", stock]);
  expect(names({ threads: 2 })).toEqual(["@course/tf"]);
  expect(names({ threads: 2, hasNative: true })).toEqual(["@course/tf", "tfjs-node"]);
  expect(names({ threads: 1, python: "python" })).toEqual(["@course/tf", "PyTorch", ...held, stock]);
});
