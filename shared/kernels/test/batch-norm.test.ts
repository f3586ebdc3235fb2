import { createRandom } from "@course/core";
import { numericGradient } from "@course/core/testing";
import { describe, expect, test } from "vitest";
import { batchNorm, batchNormGradient } from "../src/batch-norm.ts";
import { randomArray, runInBoth } from "./support.ts";

const epsilon = 1e-3;

/** y of batch normalisation in float64, from the definition. */
function reference(x: Float64Array, n: number, gamma: ArrayLike<number>, beta: ArrayLike<number>) {
  const m = x.length / n;
  const mean = Float64Array.from({ length: n }, (_, c) => sum(m, (i) => x[i * n + c]) / m);
  const variance = Float64Array.from({ length: n }, (_, c) => sum(m, (i) => (x[i * n + c] - mean[c]) ** 2) / m);
  const y = x.map((value, i) => {
    const c = i % n;
    return (gamma[c] * (value - mean[c])) / Math.sqrt(variance[c] + epsilon) + beta[c];
  });
  return { y, mean, variance };
}

function sum(count: number, term: (i: number) => number): number {
  let result = 0;
  for (let i = 0; i < count; i++) result += term(i);
  return result;
}

function expectNear(received: Float32Array, expected: ArrayLike<number>, tolerance: number): void {
  expect(received).toHaveLength(expected.length);
  const at = received.findIndex(
    (value, i) => !(Math.abs(value - expected[i]) <= tolerance * (1 + Math.abs(expected[i]))),
  );
  if (at >= 0) expect.fail(`element ${at}: expected ${expected[at]}, received ${received[at]}`);
}

const SHAPES = [
  [4, 1],
  [2, 3],
  [37, 8],
  [300, 13],
  [1000, 33],
] as const;

function forward(x: Float32Array, n: number, gamma: Float32Array, beta: Float32Array) {
  const m = x.length / n;
  const outputs = [new Float32Array(m * n), new Float32Array(n), new Float32Array(n)];
  const results = runInBoth([x, gamma, beta], outputs, ({ engine }, inputs, [y, mean, variance]) => {
    const [xAt, gammaAt, betaAt] = inputs as [number, number, number];
    batchNorm(engine, { x: xAt, m, n, gamma: gammaAt, beta: betaAt, y: y, mean: mean, variance: variance, epsilon });
  });
  const [y, mean, variance] = results as [Float32Array, Float32Array, Float32Array];
  return { y, mean, variance };
}

describe.each(SHAPES)("batch normalisation of [%i, %i]", (m, n) => {
  const random = createRandom(m + n);
  const x = randomArray(m * n, random).map((value, i) => value * (1 + (i % n)) + 10);
  const [gamma, beta] = [randomArray(n, random), randomArray(n, random)];

  test("value and statistics", () => {
    const expected = reference(Float64Array.from(x), n, gamma, beta);
    const { y, mean, variance } = forward(x, n, gamma, beta);
    expectNear(mean, expected.mean, 1e-6);
    expectNear(variance, expected.variance, 1e-5);
    expectNear(y, expected.y, 2e-5);
  });

  test("gradients match those of the definition in float64", () => {
    const dy = randomArray(m * n, random);
    const { mean, variance } = forward(x, n, gamma, beta);
    const outputs = [new Float32Array(m * n), new Float32Array(n), new Float32Array(n)];
    const results = runInBoth([dy, x, gamma, mean, variance], outputs, ({ engine }, inputs, [dx, dGamma, dBeta]) => {
      const [dyAt, xAt, gammaAt, meanAt, varianceAt] = inputs as [number, number, number, number, number];
      const statistics = { mean: meanAt, variance: varianceAt, epsilon };
      batchNormGradient(engine, {
        dy: dyAt,
        x: xAt,
        m,
        n,
        gamma: gammaAt,
        ...statistics,
        dx: dx,
        dGamma: dGamma,
        dBeta: dBeta,
      });
    });
    const [dx, dGamma, dBeta] = results as [Float32Array, Float32Array, Float32Array];

    const exact = { x: Float64Array.from(x), gamma: Float64Array.from(gamma), beta: Float64Array.from(beta) };
    const loss = () =>
      reference(exact.x, n, exact.gamma, exact.beta).y.reduce((total, value, i) => total + value * dy[i], 0);
    const tolerance = 1e-4;
    if (m * n < 400) expectNear(dx, numericGradient(loss, exact.x), tolerance); // a loss per element: small cases
    expectNear(dGamma, numericGradient(loss, exact.gamma), tolerance);
    expectNear(dBeta, numericGradient(loss, exact.beta), tolerance);
    // dx of a channel is orthogonal to ones and to x, as y does not change when x is shifted or (ε aside) scaled
    for (let c = 0; c < n; c++) expect(Math.abs(sum(m, (i) => dx[i * n + c]))).toBeLessThan(1e-4 * m);
  });
});

test("a NaN makes its own channel NaN and no other", () => {
  const x = randomArray(30);
  x[4] = Number.NaN; // row 1, channel 1
  const { y } = forward(x, 3, new Float32Array(3).fill(1), new Float32Array(3));
  expect(y.every((value, i) => Number.isNaN(value) === (i % 3 === 1))).toBe(true);
});
