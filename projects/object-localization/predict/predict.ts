import { basename } from "node:path";
import { exitOnUserError } from "@course/core";
import { listPictures, readScenePicture, type ScenePicture, type Scenes } from "@course/data";
import { boxOverlay, svgToPng } from "@course/plots";
import { useBackend } from "@course/tf";
import { type PictureAnswer, parsePathsAndFlags, savedModelFolder, writePictureAnswers } from "@course/train";
import { type Answer, answer } from "../src/evaluate.ts";
import { type Network, openNetwork } from "./saved-network.ts";

/** The pictures as scenes without a known object: only the answers are read. */
function toScenes(pictures: readonly ScenePicture[], { size, classes }: Network): Scenes {
  return {
    images: Buffer.concat(pictures.map(({ seen }) => seen)),
    shape: [pictures.length, ...size, 1],
    objects: pictures.map(() => []),
    noise: new Float32Array(pictures.length),
    classes,
  };
}

/** The picture with its box, and the answer in the picture's own pixels. */
async function annotate(
  file: string,
  { shown, toShown, toOwn, changes }: ScenePicture,
  { said, classes }: { said: Answer; classes: readonly string[] },
): Promise<PictureAnswer> {
  const { hasObject, box, label, confidence } = said;
  const object = hasObject > 0.5 ? { box: toOwn(box), class: classes[label], confidence } : null;
  const boxes = object
    ? [{ box: toShown(box), label: `${object.class} ${confidence.toFixed(2)}`, kind: "predicted" as const }]
    : [];
  const caption = object ? "" : `no object (${hasObject.toFixed(2)})`;
  const png = await svgToPng(await boxOverlay({ ...shown, channels: 3, title: basename(file), caption, boxes }));
  const corners = object?.box.map((corner) => corner.toFixed(1)).join(", ");
  const text = object ? `${object.class} (${confidence.toFixed(2)}) at [${corners}]` : caption;
  return { file, changes, text, json: { hasObject, object }, png };
}

/**
 * For each picture an annotated `<name>-found.png`, and the answer in `<name>-found.json`. All are answered before
 * anything is written: a picture that cannot be read leaves nothing behind.
 *
 * @param args `PATH… [--model DIR | --run NAME] [--out DIR] [--to DIR]`: by default the latest run, and the current folder
 * @throws UserError for paths or flags that lead nowhere
 */
export async function main(args: readonly string[]): Promise<void> {
  const { paths, flags } = parsePathsAndFlags(args, ["model", "run", "out", "to"]);
  const files = listPictures(paths, "-found.png");
  const folder = savedModelFolder("object-localization", flags);
  await useBackend();
  const network = await openNetwork(folder);
  const pictures = await Promise.all(files.map((file) => readScenePicture(file, network.size)));
  const answers = answer(network.model, toScenes(pictures, network));
  network.model.dispose();
  const { classes } = network;
  const annotated = pictures.map((picture, i) => annotate(files[i], picture, { said: answers[i], classes }));
  writePictureAnswers(await Promise.all(annotated), { ending: "-found", to: flags.to });
}

if (import.meta.main) await exitOnUserError(() => main(process.argv.slice(2)));
