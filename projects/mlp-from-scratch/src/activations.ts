import { assertShape } from "@course/core";
import type { Layer } from "./layer.ts";
import type { Tensor } from "./tensor.ts";

export type ActivationName = "relu" | "tanh" | "sigmoid";

/** relu: max(0, x). tanh: tanh x. sigmoid: 1 / (1 + e⁻ˣ). NaN stays NaN. */
export function functionOf(name: ActivationName): (x: number) => number {
  // #solution 3.1 return the function y(x)
  if (name === "relu") return (x) => (x + Math.abs(x)) / 2; // no branch, which half of the signs would mislead
  if (name === "tanh") return Math.tanh;
  return (x) => 1 / (1 + Math.exp(-x));
  // #end
}

/** dy/dx as a function of the output y, so that x need not be kept. ReLU's at 0 is 0. */
export function slopeOf(name: ActivationName): (y: number) => number {
  // #solution 3.2 return the function of y that gives dy/dx
  if (name === "relu") return (y) => Number(y > 0);
  if (name === "tanh") return (y) => 1 - y * y;
  return (y) => y * (1 - y);
  // #end
}

/** One function for every element: [batch, units] → [batch, units]. */
export class Activation implements Layer {
  readonly parameters = [];
  readonly #name: ActivationName;
  #y: Tensor | undefined;

  constructor(name: ActivationName) {
    this.#name = name;
  }

  forward({ shape, data }: Tensor): Tensor {
    const value = functionOf(this.#name);
    const y = data.slice();
    for (let i = 0; i < y.length; i++) y[i] = value(y[i]);
    this.#y = { shape, data: y };
    return this.#y;
  }

  backward(dy: Tensor): Tensor {
    if (!this.#y) throw new Error("Activation.backward: expected a forward call before it, received none");
    const { shape, data: y } = this.#y;
    assertShape("Activation.backward dy", dy.shape, { batch: shape[0], units: shape[1] });
    const slope = slopeOf(this.#name);
    const dx = dy.data.slice();
    for (let i = 0; i < dx.length; i++) dx[i] *= slope(y[i]);
    return { shape, data: dx };
  }
}
