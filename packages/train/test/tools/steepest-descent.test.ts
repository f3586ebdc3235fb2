import { createRandom } from "@course/core";
import { expect, test } from "vitest";
import { steepestDescent } from "../../src/tools/steepest-descent.ts";

test("hand-worked: the window 9 6 0 falls most", () =>
  // slopes of three values are (last − first)/2: −0.5, −2, −4.5, −3; the line through 9 6 0 misses them by 0.5, −1, 0.5
  expect(steepestDescent([10, 10, 9, 6, 0], 1)).toBe(3));
test("hand-worked: a fall that its window bends too much to be sure of", () =>
  // the line through 9 7 0 has slope −4.5 and misses by −5/6, 10/6, −5/6: √(25/6 / 1 / 2) = 1.44 > 4.5/4
  expect(steepestDescent([9, 7, 0], 1)).toBeNull());
test("a line falls everywhere alike: the first window", () => expect(steepestDescent([5, 4, 3, 2, 1], 1)).toBe(1));
test.each([
  ["constant", [1, 1, 1, 1, 1]],
  ["rising", [1, 2, 3, 4, 5]],
  ["shorter than a window", [3, 2]],
  ["nothing", []],
])("%s: null", (_, values) => expect(steepestDescent(values, 1)).toBeNull());
test("finds a slope in noise, and seldom one in noise alone", () => {
  let mistaken = 0;
  for (let seed = 0; seed < 100; seed++) {
    const random = createRandom(seed);
    const noise = Array.from({ length: 100 }, () => random.normal());
    const step = noise.map((value, i) => value + (i < 40 ? 10 : i < 60 ? 10 - (i - 40) / 2 : 0));
    if (steepestDescent(noise, 10) !== null) mistaken++;
    const found = steepestDescent(step, 10)!;
    expect(found).toBeGreaterThanOrEqual(43);
    expect(found).toBeLessThanOrEqual(57);
  }
  expect(mistaken).toBeLessThanOrEqual(5);
});
