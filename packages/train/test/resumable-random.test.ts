import { createRandom } from "@course/core";
import { expect, test } from "vitest";
import { createResumableRandom } from "../src/resumable-random.ts";

test("draws as createRandom does, and so do its streams", () => {
  const ours = createResumableRandom(3);
  const plain = createRandom(3);
  for (const random of [ours, ours.stream("a"), ours.stream("a").stream("b")].map((one, i) => ({ one, i }))) {
    const other = [plain, plain.stream("a"), plain.stream("a").stream("b")][random.i]!;
    expect([random.one.uniform(), random.one.normal(1, 2), random.one.integer(0, 99)]).toEqual([
      other.uniform(),
      other.normal(1, 2),
      other.integer(0, 99),
    ]);
    expect(random.one.shuffle([1, 2, 3, 4, 5])).toEqual(other.shuffle([1, 2, 3, 4, 5]));
    expect(random.one.choice([1, 2, 3, 4, 5])).toBe(other.choice([1, 2, 3, 4, 5]));
  }
});

test("streams that are held over a resume go on where they were, equal names in their order", () => {
  const open = () => {
    const random = createResumableRandom(1);
    const streams = [random, random.stream("noise"), random.stream("noise"), random.stream("other")];
    random.seal();
    return { random, draw: () => streams.map((stream) => stream.uniform()) };
  };
  const whole = open();
  whole.draw();
  const states = JSON.parse(JSON.stringify(whole.random.states()));
  expect(states).toHaveLength(4);
  const resumed = open();
  resumed.random.restoreStates(states);
  expect(resumed.draw()).toEqual(whole.draw());
  expect(open().draw()).not.toEqual(whole.draw());
});

test("once sealed, streams are not remembered: their state follows from their name", () => {
  const random = createResumableRandom(1);
  random.seal();
  const first = random.stream("step/1").uniform();
  expect(random.states()).toHaveLength(1);
  expect(random.stream("step/1").uniform()).toBe(first);
});
