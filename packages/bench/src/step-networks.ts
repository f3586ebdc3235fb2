import { seededInitializers, tf } from "@course/tf";
import { cbowNetwork, recurrentNetwork } from "./sequence-networks.ts";
import { oneHot, type StepNetwork } from "./step-batch.ts";
import { BATCH, type StepNetworkName } from "./step-sizes.ts";

const CLASSES = 10;

/** A network and one batch of noise; `peers/step.py` has the same in PyTorch. Seeded; the caller disposes. */
export function stepNetwork(name: StepNetworkName): StepNetwork {
  switch (name) {
    case "cnn":
      return { model: cnn(), ...imageBatch([BATCH, 28, 28, 1]) };
    case "mlp":
      return { model: mlp(), ...imageBatch([BATCH, 784]) };
    case "vgg":
      return { model: vgg(), ...imageBatch([BATCH, 32, 32, 3]) };
    case "cbow":
      return cbowNetwork();
    default:
      return recurrentNetwork(name);
  }
}

function cnn(): tf.Sequential {
  const { conv2d, maxPooling2d, flatten, dense } = tf.layers;
  const { glorotUniform } = seededInitializers(1);
  const convolution = { kernelSize: 5, padding: "same", activation: "relu" } as const;
  return tf.sequential({
    layers: [
      conv2d({ ...convolution, filters: 32, inputShape: [28, 28, 1], kernelInitializer: glorotUniform() }),
      maxPooling2d({ poolSize: 2 }), // [batch, 14, 14, 32]
      conv2d({ ...convolution, filters: 64, kernelInitializer: glorotUniform() }),
      maxPooling2d({ poolSize: 2 }), // [batch, 7, 7, 64]
      flatten(),
      dense({ units: 1024, activation: "relu", kernelInitializer: glorotUniform() }),
      dense({ units: CLASSES, kernelInitializer: glorotUniform() }),
    ],
  });
}

/** Two blocks of two 3×3 convolutions, as in VGG (Simonyan & Zisserman, 2015). */
function vgg(): tf.Sequential {
  const { conv2d, maxPooling2d, flatten, dense } = tf.layers;
  const { glorotUniform } = seededInitializers(1);
  const convolution = (filters: number, inputShape?: number[]) =>
    conv2d({
      ...{ kernelSize: 3, padding: "same", activation: "relu", filters, kernelInitializer: glorotUniform() },
      ...(inputShape && { inputShape }),
    });
  return tf.sequential({
    layers: [
      convolution(32, [32, 32, 3]),
      convolution(32),
      maxPooling2d({ poolSize: 2 }), // [batch, 16, 16, 32]
      convolution(64),
      convolution(64),
      maxPooling2d({ poolSize: 2 }), // [batch, 8, 8, 64]
      flatten(),
      dense({ units: 128, activation: "relu", kernelInitializer: glorotUniform() }),
      dense({ units: CLASSES, kernelInitializer: glorotUniform() }),
    ],
  });
}

function mlp(): tf.Sequential {
  const { dense } = tf.layers;
  const { glorotUniform } = seededInitializers(1);
  return tf.sequential({
    layers: [
      dense({ inputShape: [784], units: 128, activation: "relu", kernelInitializer: glorotUniform() }),
      dense({ units: 64, activation: "relu", kernelInitializer: glorotUniform() }),
      dense({ units: CLASSES, kernelInitializer: glorotUniform() }),
    ],
  });
}

function imageBatch(shape: number[]): Pick<StepNetwork, "x" | "labels"> {
  const classes = Array.from({ length: BATCH }, (_, i) => i % CLASSES);
  return { x: tf.randomUniform(shape, 0, 1, "float32", 1), labels: oneHot(classes, CLASSES) };
}
