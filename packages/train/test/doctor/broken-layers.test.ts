import { expect, test } from "vitest";
import { expectOnly } from "./expect-diagnosis.ts";
import { crossEntropy, meanSquaredError } from "./tiny-losses.ts";
import { fitTiny } from "./tiny-regression.ts";
import { trainTiny } from "./tiny-training.ts";

test("a layer that the backward pass forgets", async () => {
  const finding = expectOnly(await trainTiny({ detached: 0 }), "zero-gradient");
  expect(finding.evidence).toContain("dense 1: norm 0 ");
});

test("weights that start at zero: no unit of the hidden layer ever differs", async () => {
  const finding = expectOnly(await trainTiny({ start: "zero" }), "dead-units");
  expect(finding.evidence).toContain("dense 1");
});

test("a learning rate that kills every ReLU of a layer in one step", async () => {
  const probe = { task: { kind: "classification", numClasses: 10, loss: "mse" } } as const;
  expectOnly(await trainTiny({ lossOf: meanSquaredError, learningRate: 8, probe }), "dead-units");
});

test.each([5, 30, 300])("a learning rate of %d: the gradient explodes, named with its step", async (learningRate) => {
  const { step, epoch, evidence } = expectOnly(await trainTiny({ learningRate }), "exploding-gradient");
  expect(epoch).toBe(1);
  expect(step).toBeGreaterThan(1);
  expect(step).toBeLessThan(10);
  expect(evidence).toMatch(/most of it in dense [12]/);
});

test("without layers, a logged gradient norm is enough", async () => {
  const x = Array.from({ length: 64 }, (_, i) => [i / 8, 1]);
  const table = { x, y: x.map(([value]) => [3 * value]) };
  const finding = expectOnly(
    await fitTiny({ train: table, validation: table, learningRate: 0.3 }),
    "exploding-gradient",
  );
  expect(finding.evidence).toContain("all layers together");
});

test("a gradient that is not a number, where the loss still is one: the run stops, the layer is named", async () => {
  const lossOf: typeof crossEntropy = (outputs, labels, numClasses) => {
    const { loss, gradient } = crossEntropy(outputs, labels, numClasses);
    return { loss, gradient: gradient.map((value, i) => (i === 0 ? Math.sqrt(-Math.abs(value)) : value)) };
  };
  const { step, epoch, evidence } = expectOnly(await trainTiny({ lossOf }), "exploding-gradient");
  expect([step, epoch]).toEqual([1, 1]);
  expect(evidence).toMatch(/^norm NaN at step 1.*most of it in dense 1; loss 2\.\d+/);
});
