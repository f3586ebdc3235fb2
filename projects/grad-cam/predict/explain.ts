import { exitOnUserError, UserError } from "@course/core";
import { listPictures, readClassPicture } from "@course/data";
import { type GridImage, imageGrid, svgToPng } from "@course/plots";
import { tf, useBackend } from "@course/tf";
import {
  FLAG_TEXTS,
  type PictureAnswer,
  parsePathsAndFlags,
  savedModelFolder,
  writePictureAnswers,
} from "@course/train";
import { findLayer } from "../network/find-layer.ts";
import { type Network, openNetwork } from "../network/saved-network.ts";
import type { Layer } from "../src/feature-maps.ts";
import { overlay } from "../src/overlay.ts";
import { explanationMaps } from "../study/measure.ts";

interface Question {
  readonly layer: Layer;
  readonly label: number | undefined; // the network's answer where left out
}

/**
 * For each picture an annotated `<name>-explained.png` and the numbers in `<name>-explained.json`. All are explained
 * before anything is written: where something is wrong with one, nothing is left behind.
 *
 * @throws UserError for paths, names or flags that lead nowhere.
 */
export async function main(args: readonly string[]): Promise<void> {
  const { model, run, out, to } = FLAG_TEXTS;
  const layer = "NAME: where the maps are seen from (default: the last convolution)";
  const { paths, flags } = parsePathsAndFlags(args, {
    call: "pnpm --filter grad-cam run explain",
    paths: "PATH…",
    does: "Says what pictures, or all of a folder, show and why: <name>-explained.png and <name>-explained.json.",
    flags: { model, run, out, layer, class: "NAME: what to explain (default: the network's answer)", to },
  });
  const files = listPictures(paths, "-explained.png");
  const folder = savedModelFolder("grad-cam", flags);
  await useBackend();
  const network = await openNetwork(folder);
  const explained = await explainPictures(network, files, { layer: flags.layer, className: flags.class }).finally(() =>
    network.model.dispose(),
  );
  writePictureAnswers(explained, { ending: "-explained", to: flags.to });
}

/** @throws UserError for a layer or class that the network does not have, before any picture is read. */
async function explainPictures(
  network: Network,
  files: readonly string[],
  asked: { layer: string | undefined; className: string | undefined },
) {
  const { layer, className } = asked;
  const label = className === undefined ? undefined : network.classes.indexOf(className);
  if (label === -1)
    throw new UserError(`--class: expected one of ${network.classes.join(", ")}, received "${className}"`);
  const question = { layer: findLayer(network.model, layer), label };
  const explained: PictureAnswer[] = [];
  for (const file of files) explained.push(await explainPicture(network, file, question));
  return explained;
}

/** The picture with maps of what speaks for a class. */
async function explainPicture(
  { model, classes, dataset }: Network,
  file: string,
  { layer, label }: Question,
): Promise<PictureAnswer> {
  const [height, width, channels] = model.inputs[0].shape.slice(1) as [number, number, 1 | 3];
  const { pixels, changes } = await readClassPicture(file, { dataset, height, width, channels });
  const images = tf.tensor4d(
    Float32Array.from(pixels, (value) => value / 255),
    [1, height, width, channels],
  );
  const probabilities = tf.tidy(() => [...(model.apply(images) as tf.Tensor2D).softmax().dataSync()]);
  const answer = probabilities.indexOf(Math.max(...probabilities));
  const explained = label ?? answer;
  const squares = { patch: Math.ceil(height / 4), stride: Math.ceil(height / 14), shade: 0.5 };
  const maps = explanationMaps(model, { images, classes: [explained], layer }, squares);
  images.dispose();
  const caption = `answer: ${classes[answer]} (${probabilities[answer].toFixed(2)})`;
  const title = `What speaks for ${classes[explained]}, seen from ${layer.name}`;
  const png = await svgToPng(await drawExplanation({ pixels, height, width, channels, caption }, maps, title));
  const json = {
    ...{ answer: classes[answer], explained: classes[explained], layer: layer.name },
    probabilities: Object.fromEntries(classes.map((each, i) => [each, probabilities[i]])),
    shape: [height, width],
    maps: Object.fromEntries(Object.entries(maps).map(([kind, map]) => [kind, [...map]])),
  };
  return { file, changes, text: caption, json, png };
}

/** The picture, and each map over it. */
function drawExplanation(picture: GridImage, maps: Readonly<Record<string, Float32Array>>, title: string) {
  const { pixels, height, width } = picture;
  const tiles = Object.entries(maps).map(([caption, map]) => {
    return { pixels: overlay(pixels, map), height, width, channels: 3 as const, caption };
  });
  const scale = Math.max(1, Math.round(224 / Math.max(height, width)));
  return imageGrid({ title, images: [picture, ...tiles], columns: 4, scale });
}

if (import.meta.main) await exitOnUserError(() => main(process.argv.slice(2)));
