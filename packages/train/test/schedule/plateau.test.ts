import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type PlateauOptions, ReduceOnPlateau } from "../../src/schedule/index.ts";

interface KerasCase {
  readonly options: {
    mode: "max" | "min";
    factor: number;
    patience: number;
    min_delta: number;
    cooldown: number;
    min_lr: number;
  };
  readonly values: number[];
  readonly rates: number[];
}
const { plateaus } = JSON.parse(readFileSync(new URL("golden/schedules.json", import.meta.url), "utf8")) as {
  plateaus: KerasCase[];
};

describe("ReduceOnPlateau", () => {
  test("hand-worked: two epochs without improvement, then half the rate", () => {
    const plateau = new ReduceOnPlateau({ rate: 8, mode: "min", factor: 0.5, patience: 2 });
    // 1.0 is the best; 1.1 and 1.2 are not: fall; 0.9 is the new best; 0.95 is not
    expect([1, 1.1, 1.2, 0.9, 0.95].map((value) => plateau.update(value))).toEqual([8, 8, 4, 4, 4]);
    expect(plateau.rate).toBe(4);
  });
  test("mode max, a least improvement, a lower bound", () => {
    const plateau = new ReduceOnPlateau({
      rate: 1,
      mode: "max",
      factor: 0.1,
      patience: 1,
      minDelta: 0.5,
      minimum: 0.05,
    });
    // 1.5 is not better than 1 by more than 0.5
    expect([1, 1.5, 1.6, 1.7, 1.8].map((value) => plateau.update(value))).toEqual([1, 0.1, 0.1, 0.05, 0.05]);
  });
  test.each(plateaus)("Keras, $options", ({ options, values, rates }) => {
    const { mode, factor, patience, min_delta: minDelta, cooldown, min_lr: minimum } = options;
    const make = () => new ReduceOnPlateau({ rate: 0.8, mode, factor, patience, minDelta, cooldown, minimum });
    const plateau = make();
    expect(values.map((value) => plateau.update(value))).toEqual(rates);

    // a new one every epoch, restored through JSON as a checkpoint does
    let resumed = make();
    const found = values.map((value) => {
      const { json } = JSON.parse(JSON.stringify(resumed.state())) as { json: unknown };
      resumed = make();
      resumed.restore({ arrays: {}, json });
      return resumed.update(value);
    });
    expect(found).toEqual(rates);
  });
  test.each<[string, Partial<PlateauOptions>]>([
    ["rate: expected a number above 0, received -1", { rate: -1 }],
    ["factor: expected a number in (0, 1), received 1", { factor: 1 }],
    ["patience: expected a whole number of epochs from 1 up, received 0", { patience: 0 }],
    ["minDelta: expected a number from 0 up, received -1", { minDelta: -1 }],
  ])("%s", (message, wrong) => expect(() => new ReduceOnPlateau({ rate: 1, mode: "min", ...wrong })).toThrow(message));
  test("a value that is not finite", () =>
    expect(() => new ReduceOnPlateau({ rate: 1, mode: "min" }).update(Number.NaN)).toThrow(
      "monitored metric: expected a finite number, received NaN (has training diverged?)",
    ));
});
