import { expect, test } from "vitest";
import { assertClose, assertGradient, numericGradient } from "../src/testing/index.ts";

const values = Float64Array.of(1, -2, 3);
const loss = () => values.reduce((sum, v) => sum + v ** 3, 0); // gradient 3v²: 3, 12, 27

test("the numeric gradient of Σv³ is 3v², and the values are put back", () => {
  assertClose("3v²", numericGradient(loss, values), [3, 12, 27], { relative: 1e-9 });
  expect([...values]).toEqual([1, -2, 3]);
});

test("in float32 the step that was really taken counts", () => {
  const single = Float32Array.of(1, -2, 3);
  const gradient = numericGradient(() => single.reduce((sum, v) => sum + v ** 3, 0), single, 1e-2);
  assertClose("3v²", gradient, [3, 12, 27], { relative: 1e-4 });
});

test("a gradient that is wrong by a factor of two goes red", () =>
  expect(() => assertGradient("v", [6, 24, 55], [3, 12, 27])).toThrow("gradient of v: worst at index 2: expected 27"));

test("assertClose names the worst entry; NaN is close to nothing; equal infinities are close", () => {
  expect(() => assertClose("y", [1, 2.5, 3], [1, 2, 3])).toThrow("y: worst at index 1: expected 2, received 2.5");
  expect(() => assertClose("y", [Number.NaN], [Number.NaN])).toThrow("received NaN");
  expect(() => assertClose("y", [1], [1, 2])).toThrow("y: expected 2 values, received 1");
  expect(() => assertClose("y", [Infinity, 9], [Infinity, 2])).toThrow("index 1");
  assertClose("y", [Infinity, 1 + 1e-9], [Infinity, 1]);
});
