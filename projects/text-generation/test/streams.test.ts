import { createRandom, UserError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrangeStreams, NONE, START, windowAt } from "../src/streams.ts";
import { randomText } from "./cases.ts";

describe("streams", () => {
  test("1.1 hand-worked: two texts, two streams of three windows", () => {
    // segments of 2: [5 6] [7 8] [9 ·] of the first text, [1 2] [3 ·] of the second: five, so three windows, one empty place
    const streams = arrangeStreams([Int32Array.of(5, 6, 7, 8, 9), Int32Array.of(1, 2, 3)], { batchSize: 2, time: 2 });
    expect(streams).toMatchObject({ windows: 3, batch: 2, time: 2 });
    const [first, second, third] = [0, 1, 2].map((window) => windowAt(streams, window));
    expect([...first!.targets]).toEqual([5, 6, 1, 2]);
    expect([...first!.inputs]).toEqual([START, 5, START, 1]);
    expect([...first!.resets]).toEqual([1, 1]);
    expect([...second!.targets]).toEqual([7, 8, 3, NONE]);
    expect([...second!.inputs]).toEqual([6, 7, 2, START]);
    expect([...second!.resets]).toEqual([0, 0]);
    expect([...third!.targets]).toEqual([9, NONE, NONE, NONE]);
    expect(third!.inputs[0]).toBe(8);
  });
  test("1.1 every token is a target once, with the one before it as input", () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 7 }),
        (lengths, batchSize, time) => {
          const random = createRandom(3);
          const texts = lengths.map((length) => randomText(length, 30, random));
          fc.pre(lengths.reduce((a, b) => a + b) >= time);
          const { inputs, targets, resets, windows, batch } = arrangeStreams(texts, { batchSize, time });
          const pairs: string[] = [];
          targets.forEach((target, i) => {
            if (target !== NONE) pairs.push(`${inputs[i]}>${target}`);
          });
          const expected = texts.flatMap((text) =>
            Array.from(text, (token, i) => `${i === 0 ? START : text[i - 1]}>${token}`),
          );
          expect(pairs.sort()).toEqual(expected.sort());
          expect(targets).toHaveLength(windows * batch * time);
          expect(resets.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(texts.length); // and once for each stream
        },
      ),
    ));
  test("1.1 a row goes on where its last window ended, unless it is reset", () => {
    const random = createRandom(4);
    const streams = arrangeStreams([randomText(50, 30, random), randomText(31, 30, random)], { batchSize: 3, time: 4 });
    for (let window = 1; window < streams.windows; window++) {
      const [before, now] = [windowAt(streams, window - 1), windowAt(streams, window)];
      now.resets.forEach((reset, row) => {
        if (now.targets[row * 4] === NONE) return;
        expect(now.inputs[row * 4]).toBe(reset ? START : before.targets[row * 4 + 3]);
      });
    }
  });
  test("a context longer than the text is a user's mistake", () => {
    const tooLong = () => arrangeStreams([Int32Array.of(1, 2, 3)], { batchSize: 2, time: 9 });
    expect(tooLong).toThrow(UserError);
    expect(tooLong).toThrow("--time 9: expected a text of at least as many tokens, received 3");
  });
});
