import type { ImageSet } from "@course/data";
import { confusionMatrix } from "@course/metrics";
import { confusionHeatMap, histogram, imageGrid } from "@course/plots";
import type { Evaluation } from "../src/evaluate.ts";
import type { Mlp } from "../src/mlp.ts";

const SHOWN = 40; // images in a figure

/** The run's figures by name, as SVG: what it got wrong and what it learnt. The report adds the learning curves. */
export async function drawFigures(model: Mlp, test: ImageSet, result: Evaluation): Promise<Record<string, string>> {
  const { classes, labels } = test;
  const confusion = confusionMatrix(result.predicted, labels, classes.length);
  const errors = worstErrors(test, result);
  const kernels = model.parameters.filter(({ isRegularised }) => isRegularised);
  const series = kernels.map(({ value }, i) => ({ name: `layer ${i + 1}`, values: value.data }));
  const subtitle = "true class: predicted class and its probability";
  return {
    confusion: await confusionHeatMap({ title: "Test images by class", classes, confusion }),
    ...(errors.length > 0 && {
      "worst-errors": await imageGrid({ title: "Wrong, and most sure of it", subtitle, images: errors }),
    }),
    "first-layer": await imageGrid({
      title: "Weights of the first hidden units: grey is 0",
      images: unitImages(model, test),
    }),
    weights: await histogram({ title: "Weights of each layer", xLabel: "weight", series, logY: true }),
  };
}

function worstErrors(test: ImageSet, { predicted, confidence }: Evaluation) {
  const { images, labels, classes, shape } = test;
  const wrong = Array.from(labels.keys()).filter((i) => predicted[i] !== labels[i]);
  const size = images.length / labels.length;
  const worst = wrong.sort((a, b) => confidence[b] - confidence[a]).slice(0, SHOWN);
  return worst.map((i) => ({
    ...pictureShape(shape),
    pixels: images.subarray(i * size, (i + 1) * size),
    caption: `${classes[labels[i]]}: ${classes[predicted[i]]} ${confidence[i].toFixed(2)}`,
    tone: "bad" as const,
  }));
}

/** A first-layer unit has a weight per pixel: an image, black where most negative, white where most positive. */
function unitImages({ layers: [{ kernel }] }: Mlp, { shape }: ImageSet) {
  const [inputs, units] = kernel.value.shape;
  return Array.from({ length: Math.min(units, SHOWN) }, (_, unit) => {
    const weights = Float64Array.from({ length: inputs }, (_, i) => kernel.value.data[i * units + unit]);
    const largest = Math.max(...weights.map(Math.abs), Number.MIN_VALUE);
    return { ...pictureShape(shape), pixels: Uint8Array.from(weights, (weight) => 128 + (127 * weight) / largest) };
  });
}

function pictureShape([, height, width, channels]: ImageSet["shape"]) {
  return { height, width, channels: channels as 1 | 3 };
}
