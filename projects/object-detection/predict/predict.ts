import { basename } from "node:path";
import { exitOnUserError } from "@course/core";
import { listPictures, readScenePicture } from "@course/data";
import { boxOverlay, svgToPng } from "@course/plots";
import { useBackend } from "@course/tf";
import {
  FLAG_TEXTS,
  type PictureAnswer,
  parsePathsAndFlags,
  savedModelFolder,
  writePictureAnswers,
} from "@course/train";
import { detect, FOR_PICTURES } from "../src/evaluate.ts";
import { type Detector, openDetector } from "./saved-detector.ts";

/**
 * For each picture an annotated `<name>-found.png`, and the boxes in its own pixels in `<name>-found.json`. All
 * are answered before anything is written: a picture that cannot be read leaves nothing behind. Each is read when its
 * turn comes, for its pixels need some 24 MB until it is answered.
 *
 * @throws UserError for paths or flags that lead nowhere
 */
export async function main(args: readonly string[]): Promise<void> {
  const { model, run, out, to } = FLAG_TEXTS;
  const { paths, flags } = parsePathsAndFlags(args, {
    call: "pnpm --filter object-detection run predict",
    paths: "PATH…",
    does: "Finds the digits in pictures, or in all of a folder; the answers are <name>-found.png and <name>-found.json.",
    flags: { model, run, out, to },
  });
  const files = listPictures(paths, "-found.png");
  const folder = savedModelFolder("object-detection", flags);
  await useBackend();
  const detector = await openDetector(folder);
  const answers: PictureAnswer[] = [];
  for (const file of files) answers.push(await annotate(detector, file));
  detector.model.dispose();
  writePictureAnswers(answers, { ending: "-found", to: flags.to });
}

/** Finds the digits of one picture. */
async function annotate({ model, grid, classes }: Detector, file: string): Promise<PictureAnswer> {
  const { seen, shown, ownSize, toOwn, toShown, changes } = await readScenePicture(file, [grid.height, grid.width]);
  const scene = { images: seen, shape: [1, grid.height, grid.width, 1] as const };
  const [found] = detect(model, scene, { ...FOR_PICTURES, grid });
  const boxes = found.map(({ box, label, score }) => ({
    ...{ box: toShown(box), label: `${classes[label]} ${score.toFixed(2)}`, kind: "predicted" as const },
  }));
  const png = await svgToPng(await boxOverlay({ title: basename(file), ...shown, channels: 3, boxes }));
  const objects = found.map(({ box, label, score }) => ({ class: classes[label], score, box: toOwn(box) }));
  const [height, width] = ownSize;
  const text = objects.map((object) => `${object.class} ${object.score.toFixed(2)}`).join(", ") || "nothing";
  return { file, changes, text, json: { height, width, objects }, png };
}

if (import.meta.main) await exitOnUserError(() => main(process.argv.slice(2)));
