import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, parse, relative, sep } from "node:path";
import { exitOnUserError, UserError } from "@course/core";
import type { Scenes } from "@course/data";
import { boxOverlay, svgToPng } from "@course/plots";
import { useBackend } from "@course/tf";
import { resolveUserPath, userFolder } from "@course/train";
import { type Answer, answer } from "../src/evaluate.ts";
import { type OwnPicture, readPicture } from "./own-picture.ts";
import { loadNetwork, type Network, readRequest } from "./saved-run.ts";

const PICTURE = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;

/** The pictures that a path names: itself, or all that a folder and the folders in it hold. */
function listPictures(path: string): string[] {
  if (!existsSync(path)) throw new UserError(`${path}: no such file or folder`);
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, encoding: "utf8" });
  const pictures = entries.filter((entry) => PICTURE.test(entry)).sort();
  if (pictures.length === 0)
    throw new UserError(`${path}: expected pictures (png, jpg, webp, gif, tiff, avif), found none`);
  return pictures.map((entry) => join(path, entry));
}

/** The pictures as scenes without a known object: only the answers are read. */
function toScenes(pictures: readonly OwnPicture[], { size, classes }: Network): Scenes {
  return {
    images: Buffer.concat(pictures.map(({ seen }) => seen)),
    shape: [pictures.length, ...size, 1],
    objects: pictures.map(() => []),
    noise: new Float32Array(pictures.length),
    classes,
  };
}

/** The answer in the picture's own pixels, as it is written to the JSON file. */
function describe(file: string, picture: OwnPicture, { said, classes }: { said: Answer; classes: readonly string[] }) {
  const { hasObject, box, label, confidence } = said;
  const object = { box: picture.toPicture(box), class: classes[label]!, confidence };
  return { file, hasObject, object: hasObject > 0.5 ? object : null, changes: picture.changes };
}

type Description = ReturnType<typeof describe>;

async function draw({ file, object, hasObject }: Description, { shown, fullWidth }: OwnPicture): Promise<Uint8Array> {
  const shrunk = shown.width / fullWidth;
  const boxes = object
    ? [
        {
          box: object.box.map((corner) => corner * shrunk) as unknown as typeof object.box,
          label: `${object.class} ${object.confidence.toFixed(2)}`,
          kind: "predicted" as const,
        },
      ]
    : [];
  const caption = object ? "" : `no object (${hasObject.toFixed(2)})`;
  return svgToPng(await boxOverlay({ ...shown, channels: 3, title: parse(file).base, caption, boxes }));
}

/** `a/b.png` and `a/b.jpg` become a-b.png.png and a-b.jpg.png: one file for each picture, whatever their folders. */
const nameOf = (file: string) => `${file.replaceAll(`..${sep}`, "").split(sep).filter(Boolean).join("-")}.png`;

/**
 * Answers for every picture, then writes: a picture that cannot be read leaves nothing behind.
 *
 * @param args `PATH… [--run NAME] [--out DIR] [--to DIR]` @throws UserError for paths or flags that lead nowhere
 */
export async function main(args: readonly string[]): Promise<void> {
  const { folder, paths, to } = readRequest(args);
  if (paths.length === 0) throw new UserError("predict: expected the path of a picture or of a folder of pictures");
  const files = paths.flatMap((path) => listPictures(resolveUserPath(path)));
  await useBackend();
  const network = await loadNetwork(folder);
  const pictures = await Promise.all(files.map((file) => readPicture(file, network.size)));
  const answers = answer(network.model, toScenes(pictures, network));
  network.model.dispose();
  const { classes } = network;
  const described = pictures.map((picture, i) =>
    describe(relative(userFolder(), files[i]!), picture, { said: answers[i]!, classes }),
  );
  const drawn = await Promise.all(described.map((description, i) => draw(description, pictures[i]!)));

  mkdirSync(to, { recursive: true });
  drawn.forEach((png, i) => {
    replaceFile(join(to, nameOf(described[i]!.file)), png);
  });
  replaceFile(join(to, "predictions.json"), `${JSON.stringify(described, null, 2)}\n`);
  for (const description of described) console.log(lineOf(description));
  console.log(`${drawn.length} pictures and predictions.json in ${relative(userFolder(), to) || "."}`);
}

/** The file as it was, or whole. */
function replaceFile(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

function lineOf({ file, hasObject, object, changes }: Description): string {
  const said = object
    ? `${object.class} (${object.confidence.toFixed(2)}) at [${object.box.map((corner) => corner.toFixed(1)).join(", ")}]`
    : `no object (${hasObject.toFixed(2)})`;
  return `${file}  ${said}${changes ? `  [converted: ${changes}]` : ""}`;
}

if (import.meta.main) await exitOnUserError(() => main(process.argv.slice(2)));
