import type { Engine } from "./engine.ts";
import { columnSum, grain, sumInBlocks, sumWorkspaceBytes } from "./rows.ts";

/** Batch normalisation of x [m, n], where m is batch·height·width for images; [n] are channels. */
export interface BatchNorm {
  readonly x: number;
  readonly m: number;
  readonly n: number;
  readonly gamma: number;
  readonly beta: number;
  /** [m, n]; may be x. */
  readonly y: number;
  /** Written: the mean of x over m. */
  readonly mean: number;
  /** Written: the variance of x, divided by m. */
  readonly variance: number;
  readonly epsilon: number;
}

/**
 * y = gamma·(x − mean)/√(variance + ε) + beta with the statistics of this batch (Ioffe & Szegedy,
 * 2015). The variance is summed around the mean, in a second pass.
 */
export function batchNorm(engine: Engine, { x, m, n, gamma, beta, y, mean, variance, epsilon }: BatchNorm): void {
  if (m * n === 0) return;
  columnSum(engine, { x, y: mean, m, n });
  const workspace = engine.workspace(sumWorkspaceBytes(m, n) + 4 * n);
  const [means, variances, gammas] = [mean, variance, gamma].map((at) => channels(engine, at, n)) as Channels;
  means.forEach((sum, i) => {
    means[i] = sum / m;
  });
  sumInBlocks(engine, { y: variance, m, n, workspace }, (sums, range) =>
    engine.run("columnProducts", [x, mean, x, mean, sums, m, n], range),
  );
  const scale = channels(engine, workspace, n);
  for (let i = 0; i < n; i++) {
    variances[i] /= m;
    scale[i] = gammas[i] / Math.sqrt(variances[i] + epsilon);
  }
  engine.run("scaleShift", [x, mean, workspace, beta, y, n], { total: m, grain: grain(n) });
}

export interface BatchNormGradient {
  /** [m, n] */
  readonly dy: number;
  readonly x: number;
  readonly m: number;
  readonly n: number;
  readonly gamma: number;
  /** As batchNorm wrote them. */
  readonly mean: number;
  readonly variance: number;
  readonly epsilon: number;
  /** [m, n]; may be dy. */
  readonly dx: number;
  readonly dGamma: number;
  readonly dBeta: number;
}

/**
 * With x̂ the normalised x: dBeta = Σ dy, dGamma = Σ dy·x̂, dx = gamma/√(variance + ε)·(dy −
 * dBeta/m − x̂·dGamma/m).
 */
export function batchNormGradient(engine: Engine, options: BatchNormGradient): void {
  const { dy, x, m, n, gamma, mean, variance, epsilon, dx, dGamma, dBeta } = options;
  if (m * n === 0) return;
  columnSum(engine, { x: dy, y: dBeta, m, n });
  const scale = engine.workspace(sumWorkspaceBytes(m, n) + 12 * n);
  const [bias, slope, workspace] = [scale + 4 * n, scale + 8 * n, scale + 12 * n];
  sumInBlocks(engine, { y: dGamma, m, n, workspace }, (sums, range) =>
    engine.run("columnProducts", [dy, 0, x, mean, sums, m, n], range),
  );
  const [scales, biases, slopes] = [scale, bias, slope].map((at) => channels(engine, at, n)) as Channels;
  const [gammas, variances, dGammas] = [gamma, variance, dGamma].map((at) => channels(engine, at, n)) as Channels;
  const dBetas = channels(engine, dBeta, n);
  for (let i = 0; i < n; i++) {
    const inverse = 1 / Math.sqrt(variances[i] + epsilon);
    scales[i] = gammas[i] * inverse;
    biases[i] = dBetas[i] / m;
    slopes[i] = (dGammas[i] * inverse * inverse) / m;
    dGammas[i] *= inverse;
  }
  engine.run("normGradient", [dy, x, dx, mean, scale, bias, slope, n], { total: m, grain: grain(n) });
}

type Channels = [Float32Array, Float32Array, Float32Array];

const channels = ({ heap }: Engine, address: number, n: number) => new Float32Array(heap.memory.buffer, address, n);
