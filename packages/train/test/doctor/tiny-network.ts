import type { Random } from "@course/core";
import type { LayerProbe, Saveable } from "../../src/index.ts";

export type Start = "he" | "zero" | number; // a number: standard deviation of every weight

interface Layer {
  readonly kernel: Float64Array; // [inputs, outputs]
  readonly bias: Float64Array; // [outputs]
  readonly dKernel: Float64Array;
  readonly dBias: Float64Array;
  readonly inputs: number;
  readonly outputs: number;
  x: Float64Array; // [batch, inputs]
  y: Float64Array; // [batch, outputs]
}

/** Dense layers with ReLU between them, trained by plain SGD. What the tests break is outside of it. */
export class TinyNetwork implements Saveable {
  readonly layers: readonly Layer[];

  constructor(sizes: readonly number[], { random, start = "he" }: { random: Random; start?: Start }) {
    this.layers = sizes.slice(1).map((outputs, i) => {
      const inputs = sizes[i];
      const deviation = start === "he" ? Math.sqrt(2 / inputs) : start === "zero" ? 0 : start;
      const kernel = Float64Array.from({ length: inputs * outputs }, () => random.normal(0, deviation));
      const empty = new Float64Array();
      const gradients = { dKernel: kernel.map(() => 0), dBias: new Float64Array(outputs) };
      return { kernel, bias: new Float64Array(outputs), ...gradients, inputs, outputs, x: empty, y: empty };
    });
  }

  /** x [batch, inputs] → [batch, outputs]; `drop` may silence hidden units, in place. */
  forward(x: Float64Array, drop: (hidden: Float64Array) => void = () => {}): Float64Array {
    for (const [index, layer] of this.layers.entries()) {
      const { inputs, outputs, kernel, bias } = layer;
      const batch = x.length / inputs;
      const y = new Float64Array(batch * outputs);
      for (let b = 0; b < batch; b++) {
        y.set(bias, b * outputs);
        for (let i = 0; i < inputs; i++) {
          const value = x[b * inputs + i];
          if (value === 0) continue;
          for (let j = 0; j < outputs; j++) y[b * outputs + j] += value * kernel[i * outputs + j];
        }
      }
      if (index < this.layers.length - 1) {
        for (let i = 0; i < y.length; i++) y[i] = Math.max(0, y[i]);
        drop(y);
      }
      Object.assign(layer, { x, y });
      x = y;
    }
    return x;
  }

  /** dy = dL/d(output) [batch, outputs]; puts the gradients into dKernel and dBias. */
  backward(dy: Float64Array): void {
    for (const layer of this.layers.toReversed()) {
      const { inputs, outputs, kernel, x, dKernel, dBias } = layer;
      dKernel.fill(0);
      dBias.fill(0);
      const dx = new Float64Array(x.length);
      for (let b = 0; b < x.length / inputs; b++) {
        for (let j = 0; j < outputs; j++) dBias[j] += dy[b * outputs + j];
        for (let i = 0; i < inputs; i++) {
          const value = x[b * inputs + i];
          if (value === 0) continue; // so no derivative of the ReLU before, nor of this weight
          let sum = 0;
          for (let j = 0; j < outputs; j++) {
            dKernel[i * outputs + j] += value * dy[b * outputs + j];
            sum += kernel[i * outputs + j] * dy[b * outputs + j];
          }
          dx[b * inputs + i] = sum;
        }
      }
      dy = dx;
    }
  }

  descend(learningRate: number): void {
    for (const { kernel, bias, dKernel, dBias } of this.layers) {
      for (let i = 0; i < kernel.length; i++) kernel[i] -= learningRate * dKernel[i];
      for (let i = 0; i < bias.length; i++) bias[i] -= learningRate * dBias[i];
    }
  }

  /** Each layer's last gradient, and its outputs for a sample [examples, inputs]. */
  probe(sample: Float64Array): LayerProbe[] {
    this.forward(sample);
    return this.layers.map(({ dKernel, dBias, y, outputs }, i) => ({
      name: `dense ${i + 1}`,
      gradients: [dKernel, dBias],
      outputs: { shape: [y.length / outputs, outputs], data: y },
    }));
  }

  state() {
    const arrays = Object.fromEntries(
      this.layers.flatMap(({ kernel, bias }, i) => [
        [`kernel${i}`, kernel],
        [`bias${i}`, bias],
      ]),
    );
    return { arrays };
  }

  restore({ arrays }: ReturnType<Saveable["state"]>): void {
    for (const [i, { kernel, bias }] of this.layers.entries()) {
      kernel.set(arrays[`kernel${i}`]);
      bias.set(arrays[`bias${i}`]);
    }
  }
}
