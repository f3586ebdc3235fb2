import type { Engine } from "./engine.ts";

/** y [count] = f(x [count]); y may be x. */
export interface Unary {
  readonly x: number;
  readonly y: number;
  readonly count: number;
}

/** dx [count] = dy [count] times the derivative that the function's value y [count] tells; dx may be dy or y. */
export interface UnaryGradient {
  readonly dy: number;
  readonly y: number;
  readonly dx: number;
  readonly count: number;
}

/** Elements that are worth a thread's while. */
const GRAIN = 8192;

const unary =
  (name: "expOf" | "tanhOf" | "sigmoidOf" | "relu") =>
  (engine: Engine, { x, y, count }: Unary): void =>
    engine.run(name, [x, y], { total: count, grain: GRAIN });

const gradient =
  (name: "tanhGradient" | "sigmoidGradient" | "reluGradient") =>
  (engine: Engine, { dy, y, dx, count }: UnaryGradient): void =>
    engine.run(name, [dy, y, dx], { total: count, grain: GRAIN });

/** eˣ, within 1.01 units in the last place; subnormal results included. NaN gives NaN. */
export const exp = unary("expOf");

/** tanh x, within 1.4 units in the last place. */
export const tanh = unary("tanhOf");

/** 1/(1 + e⁻ˣ), within 2.4 units in the last place; subnormal results included. */
export const sigmoid = unary("sigmoidOf");

/** max(x, 0); NaN stays NaN. */
export const relu = unary("relu");

/** dx = dy·(1 − y²), y = tanh x. */
export const tanhGradient = gradient("tanhGradient");

/** dx = dy·y·(1 − y), y = sigmoid x. */
export const sigmoidGradient = gradient("sigmoidGradient");

/** dx = dy where y > 0, else 0; y is ReLU's value or its input. Where y is NaN, dy passes (as in PyTorch). */
export const reluGradient = gradient("reluGradient");

/** c [count] = a + b, element by element; c may be a or b. */
export function add(engine: Engine, { a, b, c, count }: { a: number; b: number; c: number; count: number }): void {
  engine.run("add", [a, b, c], { total: count, grain: GRAIN });
}
