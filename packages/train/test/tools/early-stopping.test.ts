import { describe, expect, test } from "vitest";
import { EarlyStopping } from "../../src/tools/index.ts";
import { readGolden } from "./golden.ts";

const { values, cases } = readGolden().earlyStopping;

describe("EarlyStopping", () => {
  test("hand-worked: two epochs without improvement", () => {
    const stopping = new EarlyStopping({ mode: "max", patience: 2 });
    // 0.6 is the best, in epoch 2; 0.6 again is no improvement, nor is 0.5
    expect([0.5, 0.6, 0.6, 0.5].map((value) => stopping.update(value))).toEqual([false, false, false, true]);
    expect([stopping.bestEpoch, stopping.shouldStop]).toEqual([2, true]);
  });
  test("a least improvement", () => {
    const stopping = new EarlyStopping({ mode: "min", patience: 1, minDelta: 0.1 });
    expect([1, 0.95].map((value) => stopping.update(value))).toEqual([false, true]);
    expect(stopping.bestEpoch).toBe(1);
  });
  test("epochs before the first that counts", () => {
    const stopping = new EarlyStopping({ mode: "min", patience: 1, startEpoch: 3 });
    expect([1, 2, 3, 4].map((value) => stopping.update(value))).toEqual([false, false, false, true]);
    expect(stopping.bestEpoch).toBe(3);
  });
  test("does not change its mind", () => {
    const stopping = new EarlyStopping({ mode: "min", patience: 2 });
    expect([1, 2, 2, 0, 1].map((value) => stopping.update(value))).toEqual([false, false, true, true, true]);
  });

  test.each(cases)("Keras, $options", ({ options, stop: [stopEpoch, bestEpoch] }) => {
    const { mode, patience, min_delta: minDelta, start_from_epoch: epochsBefore } = options;
    const make = () => new EarlyStopping({ mode, patience, minDelta, startEpoch: epochsBefore + 1 });
    let stopping = make();
    let epoch = 0;
    for (const value of values) {
      epoch++;
      // a new one every epoch, restored through JSON as a checkpoint does
      const { json } = JSON.parse(JSON.stringify(stopping.state())) as { json: unknown };
      stopping = make();
      stopping.restore({ arrays: {}, json });
      if (stopping.update(value)) break;
    }
    expect(stopping.shouldStop ? epoch : null).toBe(stopEpoch);
    expect(stopping.bestEpoch).toBe(bestEpoch);
  });
  test("stays stopped through a checkpoint", () => {
    const stopping = new EarlyStopping({ mode: "min", patience: 0 });
    stopping.update(1);
    stopping.update(2);
    const resumed = new EarlyStopping({ mode: "min", patience: 0 });
    resumed.restore(stopping.state());
    expect(resumed.shouldStop).toBe(true);
  });
  test("bad settings and values", () => {
    expect(() => new EarlyStopping({ mode: "min", patience: -1 })).toThrow(
      "EarlyStopping patience: expected a whole number of epochs from 0 up, received -1",
    );
    expect(() => new EarlyStopping({ mode: "min", patience: 1 }).update(Number.POSITIVE_INFINITY)).toThrow(
      "monitored metric: expected a finite number, received Infinity",
    );
  });
});
