import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import type { SavedState } from "../../src/saveable.ts";
import { WeightAverage } from "../../src/tools/index.ts";
import { readGolden } from "./golden.ts";

function createModel(values: readonly number[]) {
  const weights = Float64Array.from(values);
  const half = Float32Array.from(values);
  const counts = Int32Array.of(7);
  let json: unknown = { dropoutSteps: 0 };
  return {
    weights,
    half,
    counts,
    setJson: (value: unknown) => {
      json = value;
    },
    state: (): SavedState => ({ arrays: { weights, half, counts }, json }),
    restore(state: SavedState) {
      weights.set(state.arrays.weights!);
      half.set(state.arrays.half!);
      counts.set(state.arrays.counts!);
      json = state.json;
    },
  };
}

describe("WeightAverage", () => {
  test("hand-worked: the first steps weigh more than the decay says", () => {
    const model = createModel([1]);
    const average = new WeightAverage(model, { decay: 0.999 });
    model.weights[0] = 12;
    average.update(); // d = 2/11: 1 + 9/11 · (12 − 1) = 10
    expect(average.state().arrays.weights![0]).toBeCloseTo(10, 14);
    model.weights[0] = 2;
    average.update(); // d = 3/12: 10 + 3/4 · (2 − 10) = 4
    expect(average.state().arrays.weights![0]).toBeCloseTo(4, 14);
  });
  test("PyTorch's AveragedModel, where the decay is the smaller from the first step on", () => {
    const { decay, weights, averages } = readGolden().averaging;
    const model = createModel(weights[0]!);
    const average = new WeightAverage(model, { decay });
    weights.slice(1).forEach((values, i) => {
      model.weights.set(values);
      average.update();
      averages[i + 1]!.forEach((value, j) => {
        expect(average.state().arrays.weights![j]).toBeCloseTo(value, 13);
      });
    });
  });
  test("evaluates with the averages, and puts back weights and JSON to the bit", () => {
    const model = createModel([0.1, 1]);
    const average = new WeightAverage(model);
    model.weights.set([0.3, Math.PI]);
    average.update();
    const seen = average.evaluate(() => {
      model.setJson({ dropoutSteps: 5 });
      return [model.weights[1]!, model.half[1]!, model.counts[0]!];
    });
    // d = 2/11: 1 + 9/11 · (π − 1); the float32 array stayed at 1
    expect(seen[0]).toBeCloseTo(1 + (9 / 11) * (Math.PI - 1), 14);
    expect(seen.slice(1)).toEqual([1, 7]);
    expect([...model.weights]).toEqual([0.3, Math.PI]);
    expect(model.state().json).toEqual({ dropoutSteps: 0 });
  });
  test("puts the weights back when the evaluation throws, and refuses one that waits", () => {
    const model = createModel([1]);
    const average = new WeightAverage(model);
    model.weights[0] = 2;
    average.update();
    expect(() =>
      average.evaluate(() => {
        throw new Error("no data");
      }),
    ).toThrow("no data");
    expect(() => average.evaluate(async () => 1)).toThrow(
      "expected a body that returns its result, received a promise",
    );
    expect(model.weights[0]).toBe(2);
  });
  test("apply makes the averages the weights", () => {
    const model = createModel([1]);
    const average = new WeightAverage(model);
    model.weights[0] = 12;
    average.update();
    average.apply();
    expect(model.weights[0]).toBeCloseTo(10, 14);
  });
  test("goes on through a checkpoint to the bit", () => {
    const run = (stopAt: number) => {
      const model = createModel([1, 2]);
      let average = new WeightAverage(model, { decay: 0.9 });
      for (let step = 0; step < 9; step++) {
        if (step === stopAt) {
          const saved = structuredClone(average.state());
          average = new WeightAverage(model, { decay: 0.9 });
          average.restore(saved);
        }
        model.weights.set([Math.sin(step), Math.cos(step)]);
        average.update();
      }
      return [...average.state().arrays.weights!];
    };
    expect(run(4)).toEqual(run(-1));
  });
  test("another model's checkpoint, a decay of 1", () => {
    const average = new WeightAverage(createModel([1, 2]));
    const other = new WeightAverage(createModel([1])).state();
    expect(() => average.restore(other)).toThrow(UserError);
    expect(() => average.restore(other)).toThrow("weights: expected 2 values, received 1 (another model?)");
    expect(() => average.restore({ arrays: {} })).toThrow("expected 2 values, received none");
    expect(() => new WeightAverage(createModel([1]), { decay: 1 })).toThrow("expected a number in [0, 1), received 1");
  });
});
