import { assertShape, type Random } from "@course/core";
import type { Layer, Parameter } from "./layer.ts";
import type { Arithmetic, Tensor } from "./tensor.ts";

/** Fills a kernel [inputs, outputs] so that a signal keeps its variance from layer to layer. */
export type Initializer = (kernel: Tensor, random: Random) => void;

/** Uniform within ±√(6 / (inputs + outputs)): for tanh and sigmoid (Glorot & Bengio, 2010, eq. 16). */
export function xavier({ shape: [inputs, outputs], data }: Tensor, random: Random): void {
  // #solution 1.1 fill data with random.uniform(-limit, limit)
  const limit = Math.sqrt(6 / (inputs + outputs));
  for (let i = 0; i < data.length; i++) data[i] = random.uniform(-limit, limit);
  // #end
}

/** Normal with variance 2 / inputs: for ReLU, which passes half of the signal (He et al., 2015, eq. 10). */
export function he({ shape: [inputs], data }: Tensor, random: Random): void {
  // #solution 1.2 fill data with random.normal(0, standardDeviation)
  const standardDeviation = Math.sqrt(2 / inputs);
  for (let i = 0; i < data.length; i++) data[i] = random.normal(0, standardDeviation);
  // #end
}

export interface DenseOptions {
  readonly initializer: Initializer;
  readonly random: Random;
  readonly arithmetic: Arithmetic;
}

/** Fully connected layer, y = x·W + b. The kernel W starts random, the bias b at zero. */
export class Dense implements Layer {
  readonly kernel: Parameter; // [inputs, outputs]
  readonly bias: Parameter; // [1, outputs]
  readonly parameters: readonly Parameter[];
  readonly #arithmetic: Arithmetic;
  #x: Tensor | undefined;

  constructor(inputs: number, outputs: number, { initializer, random, arithmetic }: DenseOptions) {
    const pair = (rows: number) => ({
      value: arithmetic.parameter(rows, outputs),
      grad: arithmetic.parameter(rows, outputs),
    });
    this.kernel = { ...pair(inputs), isRegularised: true };
    this.bias = { ...pair(1), isRegularised: false };
    this.#arithmetic = arithmetic;
    this.parameters = [this.kernel, this.bias];
    initializer(this.kernel.value, random);
  }

  /** x [batch, inputs] → y [batch, outputs] */
  forward(x: Tensor): Tensor {
    const [inputs, outputs] = this.kernel.value.shape;
    assertShape("Dense.forward x", x.shape, { batch: null, inputs });
    this.#x = x;
    const y = this.#arithmetic.zeros(x.shape[0], outputs);
    // #solution 2.1 y = x·W + b: copy b into every row of y, then add the product to it
    for (let start = 0; start < y.data.length; start += outputs) y.data.set(this.bias.value.data, start);
    this.#arithmetic.addProduct(y, x, this.kernel.value);
    // #end
    return y;
  }

  /** Adds dL/dW and dL/db to the gradients. A first layer needs no more: its x are images, not outputs. */
  accumulateGradients(dy: Tensor): void {
    if (!this.#x) throw new Error("Dense.backward: expected a forward call before it, received none");
    const outputs = this.kernel.value.shape[1];
    assertShape("Dense.backward dy", dy.shape, { batch: this.#x.shape[0], outputs });
    // #solution 2.2 add xᵀ·dy to the kernel's grad, and the sum of dy's rows to the bias's
    this.#arithmetic.addProduct(this.kernel.grad, this.#x, dy, { transposeA: true });
    const db = this.bias.grad.data;
    for (let row = 0; row < dy.data.length; row += outputs) for (let j = 0; j < outputs; j++) db[j] += dy.data[row + j];
    // #end
  }

  /** dy [batch, outputs] → dx [batch, inputs] */
  backward(dy: Tensor): Tensor {
    this.accumulateGradients(dy);
    const dx = this.#arithmetic.zeros(dy.shape[0], this.kernel.value.shape[0]);
    // #solution 2.3 dx = dy·Wᵀ
    this.#arithmetic.addProduct(dx, dy, this.kernel.value, { transposeB: true });
    // #end
    return dx;
  }
}
