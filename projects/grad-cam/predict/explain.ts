import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { exitOnUserError, UserError } from "@course/core";
import { type GridImage, imageGrid, svgToPng } from "@course/plots";
import { tf, useBackend } from "@course/tf";
import { findRunFolder, resolveUserPath, userFolder, workspaceRoot, writeJson } from "@course/train";
import { findLayer } from "../src/feature-maps.ts";
import { gradCam } from "../src/grad-cam.ts";
import { type Network, openNetwork } from "../src/network.ts";
import { gradientMap, occlusionMap } from "../src/other-maps.ts";
import { overlay } from "../src/overlay.ts";
import { readOwnImage } from "./own-image.ts";

const PICTURE = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;
const FLAGS = {
  model: "string",
  run: "string",
  runs: "string",
  layer: "string",
  class: "string",
  out: "string",
} as const;

interface Request {
  readonly layer: string; // "" for the last one with feature maps
  readonly className: string | undefined; // the network's answer where left out
  readonly out: string;
}

/**
 * `PATH… [--model DIR | --run NAME] [--layer NAME] [--class NAME] [--out DIR] [--runs DIR]`: for each picture
 * an annotated `<name>-explained.png` and the numbers in `<name>-explained.json`.
 *
 * @throws UserError for paths, names or flags that lead nowhere.
 */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const files = positionals.flatMap((path) => listPictures(resolveUserPath(path)));
  if (files.length === 0) throw new UserError("explain: expected the path of a picture or of a folder of pictures");
  await useBackend();
  const network = await openNetwork(modelFolder(values));
  const out = values.out === undefined ? userFolder() : resolveUserPath(values.out);
  const request = { layer: values.layer ?? "", className: values.class, out };
  for (const file of files) await explainPicture(network, file, request);
}

function parse(args: readonly string[]) {
  const options = Object.fromEntries(Object.keys(FLAGS).map((name) => [name, { type: "string" } as const])) as Record<
    keyof typeof FLAGS,
    { type: "string" }
  >;
  const own = args[0] === "--" ? args.slice(1) : [...args]; // pnpm passes it on
  try {
    return parseArgs({ args: own, options, allowPositionals: true });
  } catch (cause) {
    const flags = Object.keys(FLAGS)
      .map((name) => `--${name}`)
      .join(", ");
    throw new UserError(`${(cause as Error).message.split(". ")[0]} (flags: ${flags})`, { cause });
  }
}

function modelFolder({ model, run, runs }: Partial<Record<keyof typeof FLAGS, string>>): string {
  if (model !== undefined) return resolveUserPath(model);
  const folder = runs === undefined ? join(workspaceRoot(), "runs") : resolveUserPath(runs);
  return join(findRunFolder(folder, "grad-cam", run ?? "latest"), "model");
}

/** The pictures that a path names: itself, or those in the folder. */
function listPictures(path: string): string[] {
  if (!existsSync(path)) throw new UserError(`${path}: no such file or folder`);
  if (!statSync(path).isDirectory()) return [path];
  const pictures = readdirSync(path)
    .filter((name) => PICTURE.test(name))
    .sort();
  if (pictures.length === 0)
    throw new UserError(`${path}: expected pictures (png, jpg, webp, gif, tiff, avif), found none`);
  return pictures.map((name) => join(path, name));
}

/** Explains one picture and writes both files; nothing is written where something is wrong with it. */
async function explainPicture({ model, classes, dataset }: Network, file: string, request: Request): Promise<void> {
  const layer = findLayer(model, request.layer);
  const [height, width, channels] = model.inputs[0].shape.slice(1) as [number, number, 1 | 3];
  const { pixels, changes } = await readOwnImage(file, [height, width, channels], dataset);
  const values = Float32Array.from(pixels, (value) => value / 255);
  const images = tf.tensor4d(values, [1, height, width, channels]);
  const probabilities = tf.tidy(() => [...(model.apply(images) as tf.Tensor2D).softmax().dataSync()]);
  const answer = probabilities.indexOf(Math.max(...probabilities));
  const explained = request.className === undefined ? answer : classes.indexOf(request.className);
  if (explained < 0)
    throw new UserError(`--class: expected one of ${classes.join(", ")}, received "${request.className}"`);
  const question = { images, classes: [explained], layer };
  const squares = { patch: Math.ceil(height / 4), stride: Math.ceil(height / 14), shade: 0.5 };
  const maps = {
    "Grad-CAM": gradCam(model, question),
    gradient: gradientMap(model, question),
    occlusion: occlusionMap(model, { ...question, ...squares }),
  };
  images.dispose();
  const caption = `answer: ${classes[answer]} (${probabilities[answer].toFixed(2)})`;
  const title = `What speaks for ${classes[explained]}, seen from ${layer.name}`;
  const svg = await drawExplanation({ pixels, height, width, channels, caption }, maps, title);
  const numbers = {
    ...{ file, answer: classes[answer], explained: classes[explained], layer: layer.name, changes },
    probabilities: Object.fromEntries(classes.map((each, i) => [each, probabilities[i]])),
    ...{
      shape: [height, width],
      maps: Object.fromEntries(Object.entries(maps).map(([kind, map]) => [kind, [...map]])),
    },
  };
  const target = await save(request.out, file, { svg, numbers });
  const changed = changes.length > 0 ? ` (changed: ${changes.join(", ")})` : "";
  console.log(`${basename(file)}: ${caption}${changed} → ${target}.png, .json`);
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

async function save(
  folder: string,
  file: string,
  { svg, numbers }: { svg: string; numbers: unknown },
): Promise<string> {
  const png = await svgToPng(svg);
  const target = join(folder, `${basename(file).replace(/\.[^.]*$/, "")}-explained`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${target}.png.tmp`, png);
  renameSync(`${target}.png.tmp`, `${target}.png`);
  writeJson(`${target}.json`, numbers);
  return target;
}

if (import.meta.main) await exitOnUserError(() => main(process.argv.slice(2)));
