import type { Tensor } from "./tensor.ts";

/** What a layer learns: `backward` adds to `grad`, and only the optimizer changes `value`. */
export interface Parameter {
  readonly value: Tensor;
  readonly grad: Tensor;
  /** Whether L1 and L2 pull it towards zero: kernels yes, biases no. */
  readonly isRegularised: boolean;
}

/** A step with a derivative. `backward` belongs to the `forward` before it. */
export interface Layer {
  readonly parameters: readonly Parameter[];
  /** x [batch, inputs] → y [batch, outputs] */
  forward(x: Tensor): Tensor;
  /** dy = dL/dy [batch, outputs] → dx = dL/dx [batch, inputs] */
  backward(dy: Tensor): Tensor;
}
