import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { seededInitializers, type tf, useBackend } from "../src/index.ts";
import { orthogonal, orthogonalMatrix } from "../src/orthogonal.ts";

beforeAll(async () => void (await useBackend("wasm")));

test("each call has a seed of its own, and equal seeds give equal weights", () => {
  const draw = (seed: number) => {
    const { glorotUniform, heNormal, orthogonal } = seededInitializers(seed);
    return [glorotUniform(), glorotUniform(), heNormal(), orthogonal()].map((initializer) => [
      ...(initializer.apply([4, 4], "float32") as tf.Tensor).dataSync(),
    ]);
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(0)).toEqual(draw(0)); // 0 is no seed for TensorFlow.js
  expect(draw(2)[0]).not.toEqual(draw(1)[1]);
  expect(draw(1)[0]).not.toEqual(draw(1)[1]);
  expect(draw(1)[0]).not.toEqual(draw(9)[0]);
  const limit = Math.sqrt(6 / 8);
  expect(Math.max(...draw(1)[0]!.map(Math.abs))).toBeLessThanOrEqual(limit);
});

describe("orthogonal", () => {
  const size = fc.integer({ min: 1, max: 20 });
  test("rows or columns, whichever are fewer, are orthonormal", () =>
    fc.assert(
      fc.property(size, size, fc.nat(), (rows, columns, seed) => {
        const matrix = orthogonalMatrix([rows, columns], seed);
        const at = (vector: number, i: number) =>
          matrix[rows <= columns ? vector * columns + i : i * columns + vector]!;
        for (let a = 0; a < Math.min(rows, columns); a++)
          for (let b = 0; b <= a; b++) {
            let product = 0;
            for (let i = 0; i < Math.max(rows, columns); i++) product += at(a, i) * at(b, i);
            expect(product).toBeCloseTo(a === b ? 1 : 0, 6);
          }
      }),
    ));
  test("is saved as TensorFlow.js's own", () => {
    const initializer = orthogonal(4);
    expect(initializer.getClassName()).toBe("Orthogonal");
    expect(initializer.getConfig()).toMatchObject({ seed: 4 });
  });
});
