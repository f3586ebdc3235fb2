import { basename } from "node:path";
import { exitOnUserError } from "@course/core";
import { listPictures, readScenePicture, type Scenes } from "@course/data";
import { boxOverlay, svgToPng } from "@course/plots";
import { useBackend } from "@course/tf";
import {
  FLAG_TEXTS,
  type PictureAnswer,
  parsePathsAndFlags,
  savedModelFolder,
  writePictureAnswers,
} from "@course/train";
import { answer } from "../src/evaluate.ts";
import { type Network, openNetwork } from "./saved-network.ts";

/** The picture with its box, and the answer in the picture's own pixels. */
async function annotate({ model, size, classes }: Network, file: string): Promise<PictureAnswer> {
  const { seen, shown, toShown, toOwn, changes } = await readScenePicture(file, size);
  // a scene without a known object: only the answer is read
  const scene: Scenes = { images: seen, shape: [1, ...size, 1], objects: [[]], noise: new Float32Array(1), classes };
  const [{ hasObject, box, label, confidence }] = answer(model, scene);
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
 * anything is written: a picture that cannot be read leaves nothing behind. Each is read when its turn comes, for its
 * pixels need some 24 MB until it is answered.
 *
 * @throws UserError for paths or flags that lead nowhere
 */
export async function main(args: readonly string[]): Promise<void> {
  const { model, run, out, to } = FLAG_TEXTS;
  const { paths, flags } = parsePathsAndFlags(args, {
    call: "pnpm --filter object-localization run predict",
    paths: "PATH…",
    does: "Looks for a digit in pictures, or in all of a folder; the answers are <name>-found.png and <name>-found.json.",
    flags: { model, run, out, to },
  });
  const files = listPictures(paths, "-found.png");
  const folder = savedModelFolder("object-localization", flags);
  await useBackend();
  const network = await openNetwork(folder);
  const answers: PictureAnswer[] = [];
  for (const file of files) answers.push(await annotate(network, file));
  network.model.dispose();
  writePictureAnswers(answers, { ending: "-found", to: flags.to });
}

if (import.meta.main) await exitOnUserError(() => main(process.argv.slice(2)));
