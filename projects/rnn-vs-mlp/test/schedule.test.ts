import { expect, test } from "vitest";
import { scheduleOf } from "../src/schedule.ts";

const rates = (warmup: number, steps: number) => {
  const schedule = scheduleOf({ learningRate: 0.4, warmup }, steps);
  return Array.from({ length: steps }, (_, step) => Number(schedule(step).toFixed(6)));
};

test("hand-worked: three stairs up to the rate, then half a cosine of seven steps", () =>
  expect(rates(0.3, 10).slice(0, 5)).toEqual([
    0.1,
    0.2,
    0.3,
    0.4,
    Number((0.2 * (1 + Math.cos(Math.PI / 7))).toFixed(6)),
  ]));
test("without a warm-up the first step has the whole rate", () => expect(rates(0, 10)[0]).toBe(0.4));
test("a training of one step has a rate", () => expect(rates(0.5, 1)[0]).toBeGreaterThan(0));
