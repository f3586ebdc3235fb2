import { findLeaks } from "@course/data";
import type { LayerProbe, Probe } from "@course/train";
import { type Splits, toBatch } from "../src/data.ts";
import type { Mlp } from "../src/mlp.ts";
import type { Tensor } from "../src/tensor.ts";

/** What the training doctor looks at: labels, inputs, images in two splits, and the layers. */
export function probeOf(model: Mlp, { train, validation, test }: Omit<Splits, "provenance">): Probe {
  const { x: sample } = toBatch(train, Uint32Array.from(train.labels.subarray(0, 128).keys()));
  return {
    task: { kind: "classification", numClasses: train.classes.length },
    labels: { train: train.labels, validation: validation.labels, test: test.labels },
    inputs: { sample: sample.data, expected: [0, 1] },
    duplicates: { "train and test": findLeaks(train, test), "train and validation": findLeaks(train, validation) },
    layers: () => probeLayers(model, sample),
  };
}

/** Each layer's gradient and its outputs for a sample. */
function probeLayers({ layers }: Mlp, sample: Tensor): LayerProbe[] {
  let outputs = sample;
  return layers.map((layer, i) => {
    outputs = layer.forward(outputs);
    const gradients = layer.parameters.map(({ grad }) => grad.data);
    return { name: `layer ${i + 1} (${layer.constructor.name})`, gradients, outputs };
  });
}
