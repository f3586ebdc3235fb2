import { batchNormalization, seededInitializers, tf } from "@course/tf";

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
