import { gatherImages } from "@course/data";
import { confusionMatrix } from "@course/metrics";
import { confusionHeatMap, imageGrid } from "@course/plots";
import { tf } from "@course/tf";
import type { Run } from "@course/train";
import { augment } from "../src/augment.ts";
import type { Config } from "../src/config.ts";
import type { Splits } from "../src/data.ts";
import type { Evaluation } from "../src/evaluate.ts";
import { filterImages } from "../src/first-layer.ts";

const SHOWN = 40; // images in a figure, at most

interface Trained extends Splits {
  readonly model: tf.LayersModel;
  readonly result: Evaluation;
  readonly kind: Config["augment"];
}

/** What the network learnt, saw, and got wrong; the learning curves are the report's own. */
export async function drawFigures(run: Run, { model, result, kind, train, test }: Trained): Promise<void> {
  const { predicted, confidence } = result;
  const { classes, labels } = test;
  const [, ...size] = test.shape;
  const confusion = confusionMatrix(predicted, labels, classes.length);
  run.figure("confusion", await confusionHeatMap({ title: "Test images by class", classes, confusion }));

  const grid = async (name: string, title: string, images: ReturnType<typeof pictures>) => {
    if (images.length > 0) run.figure(name, await imageGrid({ title, images: images.slice(0, SHOWN), columns: 8 }));
  };
  await grid("first-layer", "Weights of the first convolution, grey is 0", pictures(filterImages(model)));
  const { x } = gatherImages(train, Array.from(train.labels.keys()).slice(0, 16));
  const shown = augment(kind, x, size, run.random.stream("figure"));
  await grid("training-images", "Training images as the network sees them", pictures(shown));

  const errors = Array.from(labels.keys()).filter((i) => predicted[i] !== labels[i]);
  const wrong = errors.sort((a, b) => confidence[b] - confidence[a]).slice(0, SHOWN);
  const worst = pictures(tf.tensor4d(gatherImages(test, wrong).x, [wrong.length, ...size])).map((picture, i) => {
    const [actual, answer] = [classes[labels[wrong[i]]], classes[predicted[wrong[i]]]];
    return { ...picture, caption: `${actual}: ${answer} ${confidence[wrong[i]].toFixed(2)}` };
  });
  await grid("worst-errors", "Wrong, and most sure of it: true class, its answer, and how sure", worst);
}

/** Images in [0, 1] for a figure; disposes them. */
function pictures(images: tf.Tensor4D) {
  const [count, height, width, channels] = images.shape as [number, number, number, 1 | 3];
  const bytes = Uint8Array.from(images.dataSync(), (value) => 255 * value);
  images.dispose();
  const size = height * width * channels;
  return Array.from({ length: count }, (_, i) => ({
    ...{ height, width, channels },
    pixels: bytes.subarray(i * size, (i + 1) * size),
  }));
}
