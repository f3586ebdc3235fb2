import { gatherImages, type ImageSet } from "@course/data";
import { type GridImage, imageGrid } from "@course/plots";
import { tf } from "@course/tf";
import type { Run } from "@course/train";
import type { Evaluation } from "../network/evaluate.ts";
import { completeConvolutions, findLayer } from "../network/find-layer.ts";
import type { Network } from "../network/saved-network.ts";
import type { Config } from "../src/config.ts";
import { gradCam } from "../src/grad-cam.ts";
import { overlay } from "../src/overlay.ts";
import { type Curves, drawCurves, drawSanity } from "./charts.ts";
import type { Explained, Maps } from "./measure.ts";
import type { Sanity } from "./sanity-check.ts";

export interface Findings {
  readonly network: Network;
  readonly question: Explained;
  readonly set: ImageSet; // the images of the question
  readonly maps: Maps;
  readonly curves: Curves;
  readonly sanity: readonly Sanity[];
  readonly test: ImageSet;
  readonly result: Evaluation;
  readonly config: Config;
}

const ROWS = 8; // examples in a figure

export async function drawFigures(run: Run, findings: Findings): Promise<void> {
  run.figure("maps", await drawMaps(findings));
  run.figure("classes", await drawClasses(findings));
  run.figure("layers", await drawLayers(findings));
  const wrong = await drawWrong(findings);
  if (wrong) run.figure("wrong", wrong);
  for (const way of ["deletion", "insertion"] as const) run.figure(way, await drawCurves(findings.curves, way));
  run.figure("sanity", await drawSanity(findings.sanity));
  run.figure("sanity-maps", await drawSanityMaps(findings));
}

/** An image of the set, with a map over it or as it is. */
export function tile(
  set: ImageSet,
  index: number,
  { map, caption = "" }: { map?: Float32Array; caption?: string },
): GridImage {
  const [, height, width, channels] = set.shape as readonly [number, number, number, 1 | 3];
  const size = height * width * channels;
  const pixels = set.images.subarray(index * size, (index + 1) * size);
  return map
    ? { pixels: overlay(pixels, map), height, width, channels: 3, caption }
    : { pixels, height, width, channels, caption };
}

function partOf(maps: Float32Array, index: number, { shape: [, height, width] }: ImageSet): Float32Array {
  return maps.subarray(index * height * width, (index + 1) * height * width);
}

function drawMaps({ set, maps, question, network }: Findings): Promise<string> {
  const images = Array.from({ length: Math.min(ROWS, set.shape[0]) }, (_, i) => [
    tile(set, i, { caption: `answer: ${network.classes[question.classes[i]]}` }),
    ...Object.entries(maps).map(([caption, map]) => tile(set, i, { map: partOf(map, i, set), caption })),
  ]);
  return imageGrid({ title: "What speaks for the network's answer", images: images.flat(), columns: 8 });
}

/** One image, asked about each class. */
function drawClasses({ set, network, question }: Findings): Promise<string> {
  const { classes, model } = network;
  const images = classes.map((name, label) => {
    const image = question.images.slice(0, 1);
    const map = gradCam(model, { images: image, classes: [label], layer: question.layer });
    image.dispose();
    return tile(set, 0, { map, caption: `for ${name}` });
  });
  const title = `One image (answer: ${classes[question.classes[0]]}): what speaks for each class`;
  return imageGrid({ title, images: [tile(set, 0, { caption: "image" }), ...images], columns: 6 });
}

/** The last convolution of each resolution: early ones see strokes, late ones digits. */
function drawLayers({ set, network, question }: Findings): Promise<string> {
  const { model, classes } = network;
  const byResolution = Map.groupBy(completeConvolutions(model), ({ outputShape }) => String(outputShape[1]));
  const layers = [...byResolution.values()].map((group) => group.at(-1)!);
  const few = Math.min(3, set.shape[0]);
  const images = question.images.slice(0, few);
  const answers = Array.from(question.classes).slice(0, few);
  const maps = layers.map((layer) => gradCam(model, { images, classes: answers, layer }));
  images.dispose();
  const rows = answers.map((answer, i) => [
    tile(set, i, { caption: `answer: ${classes[answer]}` }),
    ...layers.map(({ name, outputShape }, j) => {
      return tile(set, i, { map: partOf(maps[j], i, set), caption: `${name}, ${outputShape[1]}×${outputShape[2]}` });
    }),
  ]);
  return imageGrid({ title: "Grad-CAM, seen from each layer", images: rows.flat(), columns: layers.length + 1 });
}

/** The wrong answers it is most sure of: what speaks for the answer, and what for the truth. */
async function drawWrong({ test, result, network, question, config }: Findings): Promise<string | undefined> {
  const { predicted, confidence } = result;
  const errors = Array.from(test.labels.keys()).filter((i) => predicted[i] !== test.labels[i]);
  const shown = errors.sort((a, b) => confidence[b] - confidence[a]).slice(0, ROWS);
  if (shown.length === 0) return undefined;
  const layer = findLayer(network.model, config.layer);
  const { x, y } = gatherImages(test, shown);
  const images = tf.tensor4d(x, [shown.length, ...(question.images.shape.slice(1) as [number, number, number])]);
  const answers = shown.map((i) => predicted[i]);
  const [forAnswer, forTruth] = [answers, y].map((classes) => gradCam(network.model, { images, classes, layer }));
  images.dispose();
  const rows = shown.map((index, i) => {
    const [answer, truth] = [network.classes[answers[i]], network.classes[y[i]]];
    return [
      tile(test, index, { caption: `answer ${answer} (${confidence[index].toFixed(2)}), truth ${truth}` }),
      tile(test, index, { map: partOf(forAnswer, i, test), caption: `for ${answer}: its answer` }),
      tile(test, index, { map: partOf(forTruth, i, test), caption: `for ${truth}: the truth` }),
    ];
  });
  return imageGrid({
    title: "Wrong answers: what speaks for them, and for the truth",
    images: rows.flat(),
    columns: 6,
  });
}

function drawSanityMaps({ sanity, set }: Findings): Promise<string> {
  const images = sanity.flatMap(({ layer, maps }, stage) => {
    const caption = stage === 0 ? "trained" : `${layer} and after: random`;
    return [0, 1, 2]
      .slice(0, set.shape[0])
      .map((i) => tile(set, i, { map: partOf(maps["Grad-CAM"], i, set), caption }));
  });
  return imageGrid({ title: "Grad-CAM while the network is randomised from its end", images, columns: 6 });
}
