import { createRandom } from "@course/core";
import { describe, expect, test } from "vitest";
import {
  add,
  exp,
  relu,
  reluGradient,
  sigmoid,
  sigmoidGradient,
  tanh,
  tanhGradient,
  type Unary,
} from "../src/elementwise.ts";
import type { Engine } from "../src/engine.ts";
import { expectSameBits, randomArray, runInBoth, unitsInLastPlace } from "./support.ts";

type UnaryKernel = (engine: Engine, options: Unary) => void;

const apply = (kernel: UnaryKernel, x: Float32Array): Float32Array =>
  runInBoth([x], [new Float32Array(x.length)], ({ engine }, [xAt], [yAt]) => {
    kernel(engine, { x: xAt, y: yAt, count: x.length });
  })[0];

/** Every 9,973rd float, of both signs: 430,000 from zero through subnormals to infinity and NaN. */
const FLOATS = new Float32Array(Uint32Array.from({ length: Math.floor(2 ** 32 / 9973) }, (_, i) => i * 9973).buffer);

const sigmoid64 = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

type Point = readonly [x: number, y: number];
type Case = readonly [name: string, UnaryKernel, exact: (x: number) => number, bound: number, known: readonly Point[]];

const { NEGATIVE_INFINITY, POSITIVE_INFINITY, NaN: NOT_A_NUMBER } = Number;
const CASES: readonly Case[] = [
  [
    "exp",
    exp,
    Math.exp,
    1.01,
    [
      [0, 1],
      [NEGATIVE_INFINITY, 0],
      [POSITIVE_INFINITY, POSITIVE_INFINITY],
    ],
  ],
  [
    "tanh",
    tanh,
    Math.tanh,
    1.4,
    [
      [0, 0],
      [NEGATIVE_INFINITY, -1],
      [POSITIVE_INFINITY, 1],
    ],
  ],
  [
    "sigmoid",
    sigmoid,
    sigmoid64,
    2.4,
    [
      [0, 0.5],
      [NEGATIVE_INFINITY, 0],
      [POSITIVE_INFINITY, 1],
    ],
  ],
];

describe.each(CASES)("%s", (_name, kernel, exact, bound, known) => {
  test("at 0 and at infinity; NaN stays NaN", () => {
    const points: readonly Point[] = [...known, [NOT_A_NUMBER, NOT_A_NUMBER]];
    expect([
      ...apply(
        kernel,
        Float32Array.from(points, ([x]) => x),
      ),
    ]).toEqual(points.map(([, y]) => y));
  });

  test(`is within ${bound} units in the last place over all of float32`, () => {
    const y = apply(kernel, FLOATS);
    let worst = { error: 0, x: 0 };
    y.forEach((value, i) => {
      const x = FLOATS[i];
      const expected = exact(x);
      if (Number.isNaN(x) !== Number.isNaN(value)) expect.fail(`at ${x}: received ${value}`);
      if (!Number.isFinite(Math.fround(expected))) return;
      const error = unitsInLastPlace(value, expected);
      if (error > worst.error) worst = { error, x };
    });
    expect(worst.error, `at ${worst.x}`).toBeLessThan(bound);
    expect(worst.error).toBeGreaterThan(0.5); // else nothing was compared
  });
});

describe("every elementwise kernel", () => {
  test.each([
    ["exp", exp],
    ["tanh", tanh],
    ["sigmoid", sigmoid],
    ["relu", relu],
  ] as const)("%s: an element's bits do not depend on where it stands, nor on working in place", (_name, kernel) => {
    const x = randomArray(37);
    const whole = apply(kernel, x);
    for (const length of [1, 2, 7, 8, 9, 15, 16, 17, 36])
      expectSameBits(apply(kernel, x.slice(37 - length)), whole.slice(37 - length));
    const [inPlace] = runInBoth([], [x], ({ engine }, _, [at]) => kernel(engine, { x: at, y: at, count: 37 }));
    expectSameBits(inPlace, whole);
    expect(apply(kernel, new Float32Array(0))).toHaveLength(0);
  });

  const gradients = [
    ["relu", reluGradient, (y: number) => +(y > 0)],
    ["tanh", tanhGradient, (y: number) => 1 - y * y],
    ["sigmoid", sigmoidGradient, (y: number) => y * (1 - y)],
  ] as const;
  test.each(gradients)("gradient of %s from its value", (_name, kernel, derivative) => {
    const random = createRandom(3);
    for (const length of [1, 8, 13, 1000]) {
      const [dy, y] = [randomArray(length, random), randomArray(length, random)];
      const [dx] = runInBoth([dy, y], [new Float32Array(length)], ({ engine }, [dyAt, yAt], [dxAt]) =>
        kernel(engine, { dy: dyAt, y: yAt, dx: dxAt, count: length }),
      );
      dx.forEach((value, i) => {
        expect(Math.abs(value - dy[i] * derivative(y[i]))).toBeLessThan(2e-7);
      });
    }
  });

  test("ReLU and its gradient at zero, below, and at NaN", () => {
    const y = Float32Array.of(-2, -0, 0, 3, Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    expect([...apply(relu, y)]).toEqual([0, -0, 0, 3, Number.NaN, 0, Number.POSITIVE_INFINITY]);
    const dy = new Float32Array(y.length).fill(5);
    const [dx] = runInBoth([dy, y], [new Float32Array(y.length)], ({ engine }, [dyAt, yAt], [dxAt]) =>
      reluGradient(engine, { dy: dyAt, y: yAt, dx: dxAt, count: y.length }),
    );
    expect([...dx]).toEqual([0, 0, 0, 5, 5, 0, 5]);
  });

  test("sum", () => {
    const [a, b] = [randomArray(21), randomArray(21, createRandom(4))];
    const [c] = runInBoth([a, b], [new Float32Array(21)], ({ engine }, [aAt, bAt], [cAt]) =>
      add(engine, { a: aAt, b: bAt, c: cAt, count: 21 }),
    );
    expect(c).toEqual(a.map((value, i) => value + b[i]));
  });
});
