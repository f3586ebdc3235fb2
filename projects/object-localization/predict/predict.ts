import { basename, join, relative } from "node:path";
import { exitOnUserError } from "@course/core";
import { listPictures, pictureNames, readScenePicture, type ScenePicture, type Scenes } from "@course/data";
import { boxOverlay, svgToPng } from "@course/plots";
import { useBackend } from "@course/tf";
import {
  makeOutputFolder,
  parsePathsAndFlags,
  replaceFile,
  resolveUserPath,
  savedModelFolder,
  userFolder,
  writeJson,
} from "@course/train";
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

/** The answer in the picture's own pixels, as it is written to the JSON file. */
function describe(
  file: string,
  picture: ScenePicture,
  { said, classes }: { said: Answer; classes: readonly string[] },
) {
  const { hasObject, box, label, confidence } = said;
  const object = { box: picture.toOwn(box), class: classes[label], confidence };
  return { file, hasObject, object: hasObject > 0.5 ? object : null, changes: picture.changes };
}

type Description = ReturnType<typeof describe>;

async function draw({ file, object, hasObject }: Description, { shown, toShown }: ScenePicture, { box }: Answer) {
  const label = object && `${object.class} ${object.confidence.toFixed(2)}`;
  const boxes = label ? [{ box: toShown(box), label, kind: "predicted" as const }] : [];
  const caption = object ? "" : `no object (${hasObject.toFixed(2)})`;
  return svgToPng(await boxOverlay({ ...shown, channels: 3, title: basename(file), caption, boxes }));
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
  const to = flags.to === undefined ? userFolder() : resolveUserPath(flags.to);
  await useBackend();
  const network = await openNetwork(folder);
  const pictures = await Promise.all(files.map((file) => readScenePicture(file, network.size)));
  const answers = answer(network.model, toScenes(pictures, network));
  network.model.dispose();
  const { classes } = network;
  const described = pictures.map((picture, i) =>
    describe(relative(userFolder(), files[i]), picture, { said: answers[i], classes }),
  );
  const drawn = await Promise.all(described.map((description, i) => draw(description, pictures[i], answers[i])));

  makeOutputFolder(to);
  pictureNames(files).forEach((name, i) => {
    const target = join(to, `${name}-found`);
    replaceFile(`${target}.png`, drawn[i]);
    writeJson(`${target}.json`, described[i]);
    console.log(`${lineOf(described[i])} → ${target}.png, .json`);
  });
}

function lineOf({ file, hasObject, object, changes }: Description): string {
  const said = object
    ? `${object.class} (${object.confidence.toFixed(2)}) at [${object.box.map((corner) => corner.toFixed(1)).join(", ")}]`
    : `no object (${hasObject.toFixed(2)})`;
  return `${file}  ${said}${changes.length > 0 ? `  [changed: ${changes.join(", ")}]` : ""}`;
}

if (import.meta.main) await exitOnUserError(() => main(process.argv.slice(2)));
