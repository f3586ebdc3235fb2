import { UserError } from "@course/core";
import { batches, gatherImages, type ImageSet } from "@course/data";
import { argmaxRows } from "@course/metrics";
import { batchNormalization, loadModel, seededInitializers, tf } from "@course/tf";

export interface Network {
  readonly model: tf.LayersModel;
  readonly classes: readonly string[];
  /** What it was trained on. */
  readonly dataset: string;
}

/**
 * A network to explain: [batch, height, width, channels] → logits [batch, numClasses]. Its maps keep
 * their place, and after the last convolution comes only their mean, so Grad-CAM is exact for it:
 * the map is the class score itself before it is summed up (Zhou et al., 2016).
 */
export function buildNetwork(
  inputShape: readonly number[],
  features: readonly number[],
  options: { numClasses: number; seed: number },
) {
  const { heNormal } = seededInitializers(options.seed);
  const { conv2d, maxPooling2d, reLU, globalAveragePooling2d, dense } = tf.layers;
  const model = tf.sequential();
  features.forEach((filters, i) => {
    const first = i === 0 ? { inputShape: [...inputShape] } : {};
    if (i > 0) model.add(maxPooling2d({ poolSize: 2 })); // [batch, 14, 14, 16], [batch, 7, 7, 32]
    const convolution = { kernelSize: 3, padding: "same", useBias: false, name: `conv${i + 1}` } as const;
    model.add(conv2d({ ...first, ...convolution, filters, kernelInitializer: heNormal() })); // [batch, 28, 28, 16], [batch, 14, 14, 32], [batch, 7, 7, 64]
    model.add(batchNormalization({ momentum: 0.9 })); // averages over the last ten steps or so: a short training has few
    model.add(reLU({ name: `relu${i + 1}` }));
  });
  model.add(globalAveragePooling2d({})); // [batch, 64]
  model.add(dense({ units: options.numClasses, kernelInitializer: heNormal(), name: "logits" })); // [batch, 10]
  return model;
}

/**
 * A saved network. The caller disposes the model.
 *
 * @throws UserError if there is none, or one that gives no logits of classes for images.
 */
export async function openNetwork(folder: string, inputShape?: readonly (number | null)[]): Promise<Network> {
  const model = await loadModel(folder, inputShape ? { inputShape: [null, ...inputShape] } : {});
  const output = model.outputs[0]!.shape;
  const metadata = model.getUserDefinedMetadata() as Partial<Omit<Network, "model">> | undefined;
  const refuse = (received: string) => {
    model.dispose();
    return new UserError(
      `${folder}: expected a network that gives logits of classes for an image, received ${received}`,
    );
  };
  if (model.inputs[0]!.shape.length !== 4 || output.length !== 2)
    throw refuse(`[${model.inputs[0]!.shape.join(", ")}] → [${output.join(", ")}]`);
  if (model.layers.at(-1)!.getConfig().activation === "softmax")
    throw refuse("probabilities (its last layer is a softmax: save it without)");
  const classes = metadata?.classes ?? Array.from({ length: output[1]! }, (_, i) => String(i));
  return { model, classes, dataset: metadata?.dataset ?? "" };
}

export interface Evaluation {
  readonly loss: number; // cross-entropy in nats, the mean over examples
  readonly accuracy: number;
  readonly predicted: Uint32Array; // [count]
  readonly confidence: Float32Array; // [count] the probability of the answer
}

/** The network on every image of the set, 250 at a time to bound the memory. */
export function evaluate(model: tf.LayersModel, set: ImageSet): Evaluation {
  const [count, ...size] = set.shape;
  const [predicted, confidence] = [new Uint32Array(count), new Float32Array(count)];
  let [loss, correct] = [0, 0];
  for (const indices of batches(count, 250)) {
    const { x, y } = gatherImages(set, indices);
    const logits = tf.tidy(() =>
      tf.logSoftmax(model.apply(tf.tensor(x, [y.length, ...size])) as tf.Tensor2D).dataSync<"float32">(),
    );
    const numClasses = logits.length / y.length;
    argmaxRows(logits, numClasses).forEach((label, i) => {
      predicted[indices[i]] = label;
      confidence[indices[i]] = Math.exp(logits[i * numClasses + label]);
      loss -= logits[i * numClasses + y[i]] / count;
      correct += Number(label === y[i]);
    });
  }
  return { loss, accuracy: correct / count, predicted, confidence };
}
