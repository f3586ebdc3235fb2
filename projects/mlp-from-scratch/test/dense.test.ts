import { createRandom } from "@course/core";
import { assertClose, assertGradient, numericGradient } from "@course/core/testing";
import { describe, expect, test } from "vitest";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { float64 } from "../arithmetic/float64.ts";
import { Dense, he, type Initializer, xavier } from "../src/dense.ts";
import { dot, randomDense, randomTensor, tensor } from "./cases.ts";

const sizes = [
  [1, 1, 1],
  [4, 3, 2],
  [2, 5, 7],
] as const;

function draw(initializer: Initializer, seed = 1): Float64Array {
  const kernel = float64.zeros(200, 300);
  initializer(kernel, createRandom(seed));
  return kernel.data as Float64Array;
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: Float64Array) => mean(values.map((value) => value ** 2)) - mean(values) ** 2;

describe("initial weights of a kernel [200, 300]", () => {
  test("1.1 Xavier stays within its limit, fills it, and has variance 2 / (inputs + outputs)", () => {
    const values = draw(xavier);
    const limit = Math.sqrt(6 / 500);
    expect(values.every((value) => Math.abs(value) <= limit)).toBe(true);
    expect(Math.max(...values)).toBeGreaterThan(0.99 * limit);
    expect(Math.min(...values)).toBeLessThan(-0.99 * limit);
    expect(Math.abs(mean(values))).toBeLessThan(5 * Math.sqrt(2 / 500 / 60_000)); // five standard errors
    expect(variance(values) / (2 / 500)).toBeCloseTo(1, 1);
  });
  test("1.2 He is normal with variance 2 / inputs", () => {
    const values = draw(he);
    const deviation = Math.sqrt(2 / 200);
    expect(Math.abs(mean(values))).toBeLessThan((5 * deviation) / Math.sqrt(60_000));
    expect(variance(values) / deviation ** 2).toBeCloseTo(1, 1);
    const outside = values.filter((value) => Math.abs(value) > 2 * deviation).length / values.length;
    expect(outside).toBeCloseTo(0.0455, 2); // of a normal; of a uniform of this variance it is 0
  });
  test.each([
    ["1.1 Xavier", xavier],
    ["1.2 He", he],
  ] as const)("%s draws the same for one seed, other weights for another", (_, initializer) => {
    expect(draw(initializer, 3)).toEqual(draw(initializer, 3));
    expect(draw(initializer, 3)).not.toEqual(draw(initializer, 4));
  });
  test("1.2 a signal through ten He layers and ReLU keeps its mean square", () => {
    const random = createRandom(5);
    let x = randomTensor(50, 200, random);
    const meanSquare = () => mean(Float64Array.from(x.data, (value) => value ** 2));
    const before = meanSquare();
    for (let depth = 0; depth < 10; depth++) {
      const kernel = float64.zeros(200, 200);
      he(kernel, random);
      const y = float64.zeros(50, 200);
      for (let i = 0; i < 50; i++)
        for (let p = 0; p < 200; p++)
          for (let j = 0; j < 200; j++)
            y.data[i * 200 + j] +=
              Math.max(0, depth ? x.data[i * 200 + p] : Math.abs(x.data[i * 200 + p])) * kernel.data[p * 200 + j];
      x = y;
    }
    expect(meanSquare() / before).toBeGreaterThan(0.5);
    expect(meanSquare() / before).toBeLessThan(4);
  });
});

describe("Dense", () => {
  test("2.1 hand-worked forward", () => {
    const layer = randomDense(2, 3, createRandom(1));
    layer.kernel.value.data.set([2, -1, 0, 1, 3, 5]);
    layer.bias.value.data.set([0.5, 0, -1]);
    // row 1: (3·2 + 4·1 + 0.5, 3·(−1) + 4·3 + 0, 3·0 + 4·5 − 1); row 2 is the bias alone
    expect([...layer.forward(tensor([3, 4], [0, 0])).data]).toEqual([10.5, 9, 19, 0.5, 0, -1]);
  });
  test("2.1 one row at a time gives what the batch gives", () => {
    const random = createRandom(2);
    const layer = randomDense(5, 3, random);
    const x = randomTensor(4, 5, random);
    const rows = [0, 1, 2, 3].map((i) => layer.forward(tensor([...x.data.subarray(5 * i, 5 * i + 5)])));
    assertClose(
      "rows",
      rows.flatMap(({ data }) => [...data]),
      layer.forward(x).data,
      { relative: 1e-14 },
    );
  });
  test("2.1 float32 agrees with float64", async () => {
    const arithmetic = await loadFloat32();
    const random = createRandom(3);
    const exact = randomDense(7, 5, random);
    const layer = new Dense(7, 5, { initializer: () => {}, random, arithmetic });
    layer.parameters.forEach(({ value }, i) => {
      value.data.set(exact.parameters[i]!.value.data);
    });
    const x = randomTensor(3, 7, random);
    const y = layer.forward({ shape: x.shape, data: Float32Array.from(x.data) });
    expect(y.data).toBeInstanceOf(Float32Array);
    assertClose("y", y.data, exact.forward(x).data, { absolute: 1e-6, relative: 1e-6 });
  });
  test("2.1 says which axis is wrong", () =>
    expect(() => randomDense(3, 2, createRandom(1)).forward(float64.zeros(5, 4))).toThrow(
      "Dense.forward x: expected [batch, inputs=3], received [5, 4]",
    ));

  test("2.2 hand-worked gradients of the parameters", () => {
    const layer = randomDense(2, 2, createRandom(1));
    layer.forward(tensor([1, 2], [3, 4]));
    layer.accumulateGradients(tensor([10, 0], [0, 1]));
    // dW = xᵀ·dy: dW[0][0] = 1·10 + 3·0, dW[0][1] = 1·0 + 3·1, dW[1][0] = 2·10 + 4·0, dW[1][1] = 2·0 + 4·1
    expect([...layer.kernel.grad.data]).toEqual([10, 3, 20, 4]);
    expect([...layer.bias.grad.data]).toEqual([10, 1]);
  });
  test.each(sizes)(
    "2.2 parameter gradients match central differences (batch %i, in %i, out %i)",
    (batch, inputs, outputs) => {
      const random = createRandom(7);
      const layer = randomDense(inputs, outputs, random);
      const x = randomTensor(batch, inputs, random);
      const dy = randomTensor(batch, outputs, random); // random, not ones: a sum hides swapped entries
      const loss = () => dot(layer.forward(x), dy); // so dL/dy is exactly dy
      loss();
      layer.accumulateGradients(dy);
      assertGradient("kernel", layer.kernel.grad.data, numericGradient(loss, layer.kernel.value.data));
      assertGradient("bias", layer.bias.grad.data, numericGradient(loss, layer.bias.value.data));
    },
  );
  test("2.2 gradients accumulate over two calls, and no weight changes", () => {
    const layer = randomDense(2, 1, createRandom(1));
    const before = layer.parameters.map(({ value }) => [...value.data]);
    layer.forward(tensor([3, 4]));
    layer.accumulateGradients(tensor([1]));
    layer.accumulateGradients(tensor([1]));
    expect([...layer.kernel.grad.data, ...layer.bias.grad.data]).toEqual([6, 8, 2]);
    expect(layer.parameters.map(({ value }) => [...value.data])).toEqual(before);
  });
  test("2.2 needs a forward call, and a dy of y's shape", () => {
    const layer = randomDense(3, 2, createRandom(1));
    expect(() => layer.accumulateGradients(float64.zeros(1, 2))).toThrow("expected a forward call before it");
    layer.forward(float64.zeros(4, 3));
    expect(() => layer.accumulateGradients(float64.zeros(4, 3))).toThrow(
      "Dense.backward dy: expected [batch=4, outputs=2], received [4, 3]",
    );
  });

  test("2.3 hand-worked gradient of the input", () => {
    const layer = randomDense(2, 2, createRandom(1));
    layer.kernel.value.data.set([1, 2, 3, 4]);
    layer.forward(tensor([5, 6]));
    // dx = dy·Wᵀ = (10·1 + 1·2, 10·3 + 1·4)
    expect([...layer.backward(tensor([10, 1])).data]).toEqual([12, 34]);
  });
  test.each(sizes)(
    "2.3 input gradient matches central differences (batch %i, in %i, out %i)",
    (batch, inputs, outputs) => {
      const random = createRandom(8);
      const layer = randomDense(inputs, outputs, random);
      const x = randomTensor(batch, inputs, random);
      const dy = randomTensor(batch, outputs, random);
      const loss = () => dot(layer.forward(x), dy);
      loss();
      assertGradient("x", layer.backward(dy).data, numericGradient(loss, x.data));
    },
  );
});
