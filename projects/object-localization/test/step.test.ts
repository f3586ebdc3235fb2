import { gatherScenes } from "@course/data";
import { adamw, findLeaks, saveable, tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { answer, score } from "../src/evaluate.ts";
import { targetsOf } from "../src/loss.ts";
import { buildModel, type ModelName } from "../src/model.ts";
import { trainStep } from "../src/step.ts";
import { rectangleScenes } from "./cases.ts";

await useBackend();

/** A network on scenes of rectangles; `step` trains on the first `count`. */
function setUp({ name = "lenet-a" as ModelName, seed = 1, count = 8, rate = 2e-3 } = {}) {
  const scenes = rectangleScenes(count);
  const model = buildModel(name, { inputShape: [48, 60, 1], outputs: 8, seed });
  const optimizer = adamw({ learningRate: rate, weightDecay: 0 });
  const indices = Array.from({ length: count }, (_, i) => i);
  const images = tf.tensor4d(gatherScenes(scenes, indices), [count, 48, 60, 1]);
  const targets = targetsOf(scenes, indices);
  const step = () => trainStep(model, optimizer, { images, targets, boxLoss: "giou", size: [48, 60] });
  return { scenes, model, step };
}

const weightsOf = (model: tf.LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);

describe("a training step", () => {
  test("3.4 the loss is the sum of its terms, and near theory before the first update", () => {
    const { step, scenes } = setUp({ count: 40 });
    const { loss, object, box, class: classTerm } = step();
    expect(loss).toBeCloseTo(object + box + classTerm, 4);
    expect(object).toBeCloseTo(Math.LN2, 1);
    const share = scenes.objects.flat().length / 40;
    expect(classTerm).toBeCloseTo(share * Math.log(3), 1); // three classes
    expect(box).toBeGreaterThan(share * 0.5);
  });
  test.each(["lenet-a", "residual"] as const)("3.4 %s learns 8 scenes by heart", (name) => {
    const { step, model, scenes } = setUp({ name });
    for (let i = 0; i < (name === "residual" ? 60 : 120); i++) step();
    if (name === "residual") return expect(step().loss).toBeLessThan(0.7); // batch norm's averages lag behind
    const { hasObjectAccuracy, classAccuracy, iou } = score(answer(model, scenes), scenes);
    expect([hasObjectAccuracy, classAccuracy]).toEqual([1, 1]);
    expect(iou).toBeGreaterThan(0.7);
  });
  test.each(["lenet-a", "residual"] as const)("3.4 changes every weight of %s, and no other model's", (name) => {
    const [one, other] = [setUp({ name }), setUp({ name, seed: 2 })]; // batch norm's averages move in training only
    const [before, otherBefore] = [weightsOf(one.model), weightsOf(other.model)];
    one.step();
    weightsOf(one.model).forEach((values, i) => {
      expect(values).not.toEqual(before[i]);
    });
    expect(weightsOf(other.model)).toEqual(otherBefore);
  });
  test("3.4 two runs of one seed are identical", () => {
    const [a, b] = [setUp({ name: "residual", count: 4 }), setUp({ name: "residual", count: 4 })];
    for (const { step } of [a, b]) for (let i = 0; i < 2; i++) step();
    expect(saveable(a.model).state()).toEqual(saveable(b.model).state());
  });
  test("3.4 leaves no tensor behind", () => {
    const { step } = setUp();
    step(); // makes the optimizer's slots
    expect(findLeaks(() => void step())).toEqual([]);
  });
});
