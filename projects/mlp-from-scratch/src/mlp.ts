import type { Random } from "@course/core";
import { Activation, type ActivationName } from "./activations.ts";
import { Dense, he, xavier } from "./dense.ts";
import type { Layer, Parameter } from "./layer.ts";
import type { Arithmetic, Tensor } from "./tensor.ts";

export interface MlpOptions {
  readonly activation: ActivationName;
  readonly random: Random;
  readonly arithmetic: Arithmetic;
}

/** Multi-layer perceptron: dense layers with an activation between each two. Its output is logits. */
export class Mlp {
  readonly layers: readonly [Dense, ...Layer[]];
  readonly parameters: readonly Parameter[];

  /** @param sizes [inputs, hidden…, outputs]: [784, 256, 128, 10] has two hidden layers, [784, 10] none */
  constructor(sizes: readonly number[], { activation, random, arithmetic }: MlpOptions) {
    const [first, ...rest] = sizes.slice(1).map((outputs, i) => {
      const isBeforeRelu = activation === "relu" && i < sizes.length - 2;
      return new Dense(sizes[i], outputs, { initializer: isBeforeRelu ? he : xavier, random, arithmetic });
    });
    this.layers = [first, ...rest.flatMap((dense) => [new Activation(activation), dense])];
    this.parameters = this.layers.flatMap((layer) => layer.parameters);
  }

  /** x [batch, inputs] → logits [batch, outputs] */
  forward(x: Tensor): Tensor {
    // #solution 5.1 send x through the layers
    return this.layers.reduce((y, layer) => layer.forward(y), x);
    // #end
  }

  /** dlogits = dL/dlogits [batch, outputs]; adds to the grad of every parameter. */
  backward(dlogits: Tensor): void {
    const [first, ...rest] = this.layers;
    // #solution 5.2 send dlogits back through `rest`, last layer first, then into first.accumulateGradients
    first.accumulateGradients(rest.reduceRight((dy, layer) => layer.backward(dy), dlogits));
    // #end
  }
}
