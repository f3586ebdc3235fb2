import { ShapeError } from "@course/core";
import { expect, test } from "vitest";
import { saveableArrays } from "../src/index.ts";

test("live arrays by their place, with the shapes that are known", () => {
  const weights = { shape: [2, 1] as const, data: Float32Array.of(1, 2) };
  const velocity = Float64Array.of(3);
  const saveable = saveableArrays([weights, velocity]);
  expect(saveable.state()).toEqual({ arrays: { 0: weights.data, 1: velocity }, shapes: { 0: [2, 1] } });
  saveable.restore({ arrays: { 0: Float32Array.of(4, 5), 1: Float64Array.of(6) } });
  expect([...weights.data, ...velocity]).toEqual([4, 5, 6]);
});

test("a checkpoint of another model: named before anything is lost", () => {
  const weights = Float32Array.of(1, 2);
  const restore = (arrays: Record<string, Float32Array>) => () => saveableArrays([weights]).restore({ arrays });
  expect(restore({ 0: Float32Array.of(1, 2, 3) })).toThrow(ShapeError);
  expect(restore({})).toThrow("checkpoint array 0: expected [length=2], received [0]");
  expect([...weights]).toEqual([1, 2]);
});
