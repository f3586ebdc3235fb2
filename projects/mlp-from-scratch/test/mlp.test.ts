import { createRandom } from "@course/core";
import { assertClose, assertGradient, numericGradient } from "@course/core/testing";
import { describe, expect, test } from "vitest";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { float64 } from "../arithmetic/float64.ts";
import type { ActivationName } from "../src/activations.ts";
import { type Loss, meanSquaredError, softmaxCrossEntropy } from "../src/losses.ts";
import { Mlp } from "../src/mlp.ts";
import type { Tensor } from "../src/tensor.ts";
import { randomTensor, tensor } from "./cases.ts";

function build(sizes: readonly number[], activation: ActivationName = "relu"): Mlp {
  return new Mlp(sizes, { activation, random: createRandom(31), arithmetic: float64 });
}

describe("Mlp", () => {
  test.each([
    [[784, 256, 128, 10], 235_146], // 784·256 + 256 + 256·128 + 128 + 128·10 + 10
    [[784, 10], 7_850],
    [[3072, 512, 128, 32, 2], 1_643_234],
  ])("5.1 %j: output shape and %i parameters", async (sizes, count) => {
    const model = new Mlp(sizes, { activation: "relu", random: createRandom(1), arithmetic: await loadFloat32() });
    const x: Tensor = { shape: [3, sizes[0]!], data: new Float32Array(3 * sizes[0]!) };
    expect(model.forward(x).shape).toEqual([3, sizes.at(-1)]);
    expect(model.parameters.reduce((sum, { value }) => sum + value.data.length, 0)).toBe(count);
  });
  test("5.1 hand-worked forward", () => {
    const model = build([2, 2, 1]);
    [[1, -1, 1, 1], [0, -2], [2, 3], [0.5]].forEach((values, i) => {
      model.parameters[i]!.value.data.set(values);
    });
    // hidden = relu(1 + 3, −1 + 3 − 2) = (4, 0); 2·4 + 3·0 + 0.5
    expect([...model.forward(tensor([1, 3])).data]).toEqual([8.5]);
  });
  test("5.1 no activation after the last layer", () => {
    const model = build([2, 1]);
    model.parameters[0]!.value.data.set([-1, -1]);
    expect(model.forward(tensor([3, 4])).data[0]).toBe(-7);
  });

  const networks: [number[], ActivationName][] = [
    [[4, 3], "relu"],
    [[3, 5, 2], "tanh"],
    [[2, 4, 3, 2], "sigmoid"],
    [[5, 4, 3, 4, 3], "relu"],
    [[1, 1, 1], "tanh"],
  ];
  const lossFunctions: Record<string, (outputs: Tensor, batch: number) => Loss> = {
    "cross-entropy": (logits, batch) =>
      softmaxCrossEntropy(
        logits,
        Array.from({ length: batch }, (_, i) => i % logits.shape[1]),
      ),
    "mean squared error": (outputs, batch) =>
      meanSquaredError(outputs, randomTensor(batch, outputs.shape[1], createRandom(9))),
  };
  test.each(
    networks.flatMap(([sizes, activation]) =>
      Object.keys(lossFunctions).map((loss) => [sizes, activation, loss] as const),
    ),
  )("5.2 every gradient of %j with %s and %s matches central differences", (sizes, activation, lossName) => {
    const model = build(sizes, activation);
    const random = createRandom(32);
    for (const { value } of model.parameters) value.data.set(randomTensor(...value.shape, random).data);
    const x = randomTensor(6, sizes[0]!, random);
    const evaluate = () => lossFunctions[lossName]!(model.forward(x), 6);
    model.backward(evaluate().gradient);
    model.parameters.forEach(({ value, grad }, i) => {
      assertGradient(
        `parameter ${i}`,
        grad.data,
        numericGradient(() => evaluate().loss, value.data),
      );
    });
  });
  test("5.2 gradients accumulate over two backward calls", () => {
    const model = build([3, 4, 2]);
    const random = createRandom(33);
    const x = randomTensor(5, 3, random);
    const dlogits = randomTensor(5, 2, random);
    model.forward(x);
    model.backward(dlogits);
    const once = model.parameters.map(({ grad }) => grad.data.map((d) => 2 * d));
    model.backward(dlogits);
    model.parameters.forEach(({ grad }, i) => {
      assertClose(`parameter ${i}`, grad.data, once[i]!, { relative: 1e-14, absolute: 1e-14 });
    });
  });
});
