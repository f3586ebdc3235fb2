import { createRandom } from "@course/core";
import { assertClose } from "@course/core/testing";
import { tf, useBackend } from "@course/tf";
import { expect, test } from "vitest";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { Mlp } from "../src/mlp.ts";
import { Sgd } from "../src/sgd.ts";
import type { Tensor } from "../src/tensor.ts";
import { trainStep } from "../src/train.ts";

const SIZES = [20, 16, 12, 4];
const [BATCH, STEPS, LEARNING_RATE, MOMENTUM, L2] = [32, 100, 0.05, 0.9, 5e-4];

/** TensorFlow.js's own momentum optimizer on cross-entropy + l2 / 2 · Σ w² over the kernels. */
function tensorflowTrainer(initial: readonly Tensor[]) {
  const variables = initial.map(({ shape, data }, i) =>
    tf.variable(tf.tensor2d(data as Float32Array, [...shape]), true, `v${i}`),
  );
  const optimizer = tf.train.momentum(LEARNING_RATE, MOMENTUM);
  const forward = (x: tf.Tensor) => {
    const [w1, b1, w2, b2, w3, b3] = variables as [
      tf.Variable,
      tf.Variable,
      tf.Variable,
      tf.Variable,
      tf.Variable,
      tf.Variable,
    ];
    const hidden = x.matMul(w1).add(b1).relu().matMul(w2).add(b2).relu();
    return hidden.matMul(w3).add(b3);
  };
  return {
    variables,
    step(x: Float32Array, labels: Uint8Array): number {
      return tf.tidy(() => {
        const images = tf.tensor2d(x, [BATCH, SIZES[0]!]);
        const targets = tf.oneHot(tf.tensor1d(labels, "int32"), SIZES.at(-1)!);
        const data = tf.losses.softmaxCrossEntropy(targets, forward(images)).dataSync()[0]!;
        optimizer.minimize(() => {
          const kernels = variables.filter((_, i) => i % 2 === 0);
          const penalty = kernels
            .map((w) => w.square().sum())
            .reduce((a, b) => a.add(b))
            .mul(L2 / 2);
          return tf.losses.softmaxCrossEntropy(targets, forward(images)).add(penalty) as tf.Scalar;
        });
        return data;
      });
    },
  };
}

test("7.1 100 steps equal TensorFlow.js's SGD with momentum and L2, step by step", async () => {
  await useBackend("wasm");
  const random = createRandom(41);
  const model = new Mlp(SIZES, { activation: "relu", random, arithmetic: await loadFloat32() });
  const optimizer = new Sgd(model.parameters, { momentum: MOMENTUM, l2: L2, l1: 0 });
  const tensorflow = tensorflowTrainer(model.parameters.map(({ value }) => value));
  const before = model.parameters[0]!.value.data.slice();
  for (let step = 0; step < STEPS; step++) {
    const x = Float32Array.from({ length: BATCH * SIZES[0]! }, () => random.normal());
    const labels = Uint8Array.from({ length: BATCH }, () => random.integer(0, SIZES.at(-1)!));
    const images: Tensor = { shape: [BATCH, SIZES[0]!], data: x };
    const loss = trainStep(model, optimizer, { x: images, labels, learningRate: LEARNING_RATE });
    assertClose(`loss of step ${step}`, [loss], [tensorflow.step(x, labels)], { relative: 1e-5, absolute: 1e-5 });
    model.parameters.forEach(({ value }, i) => {
      const expected = tensorflow.variables[i]!.dataSync();
      assertClose(`parameter ${i} after step ${step}`, value.data, expected, { relative: 1e-5, absolute: 1e-5 });
    });
  }
  const moved = before.map((value, i) => Math.abs(value - model.parameters[0]!.value.data[i]));
  expect(Math.max(...moved)).toBeGreaterThan(0.1); // both trained: equal because still would prove nothing
});
