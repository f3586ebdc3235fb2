import { expect, test } from "vitest";
import { assertShape, ShapeError, sizeOf } from "../src/index.ts";

test("accepts the expected axes, null standing for any size", () => {
  expect(() => assertShape("x", [5, 3], { batch: null, features: 3 })).not.toThrow();
  expect(() => assertShape("scalar", [], {})).not.toThrow();
});

test.each([[[5, 4]], [[5]], [[5, 3, 1]], [[]]])("names every axis when it receives %j", (shape) => {
  const check = () => assertShape("Dense.forward x", shape, { batch: null, features: 3 });
  expect(check).toThrow(ShapeError);
  expect(check).toThrow(`Dense.forward x: expected [batch, features=3], received [${shape.join(", ")}]`);
});

test("sizeOf multiplies the axes; a scalar has one element", () => {
  expect(sizeOf([2, 3, 4])).toBe(24);
  expect(sizeOf([])).toBe(1);
  expect(sizeOf([2, 0])).toBe(0);
});
