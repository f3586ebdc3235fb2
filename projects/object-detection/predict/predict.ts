import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { exitOnUserError, UserError } from "@course/core";
import { decodeImage } from "@course/data";
import { boxOverlay, svgToPng } from "@course/plots";
import { useBackend } from "@course/tf";
import { findRunFolder, resolveUserPath, userFolder, workspaceRoot, writeJson } from "@course/train";
import { detect, FOR_PICTURES } from "../src/evaluate.ts";
import { readOwnImage } from "./own-image.ts";
import { type Detector, openDetector } from "./saved-detector.ts";

const PICTURE = /\.(png|jpe?g|webp|gif|tiff?|avif)$/i;
const LARGEST = 800; // pixels of the annotated picture's longer side

/**
 * `PATH… [--model DIR | --run NAME] [--out DIR] [--runs DIR]`: for each picture an annotated `<name>-found.png`,
 * and the boxes in its own pixels in `<name>-found.json`.
 *
 * @throws UserError for paths or flags that lead nowhere
 */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const files = positionals.flatMap((path) => listPictures(resolveUserPath(path)));
  if (files.length === 0) throw new UserError("predict: expected the path of a picture or of a folder of pictures");
  await useBackend();
  const runs = values.runs === undefined ? join(workspaceRoot(), "runs") : resolveUserPath(values.runs);
  const ofRun = () => join(findRunFolder(runs, "object-detection", values.run ?? "latest"), "model");
  const detector = await openDetector(values.model === undefined ? ofRun() : resolveUserPath(values.model));
  const out = values.out === undefined ? userFolder() : resolveUserPath(values.out);
  for (const file of files) await annotate(detector, file, out);
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  const own = args[0] === "--" ? args.slice(1) : [...args]; // pnpm passes it on
  try {
    return parseArgs({ args: own, options: { model: text, run: text, runs: text, out: text }, allowPositionals: true });
  } catch (cause) {
    throw new UserError(`${(cause as Error).message.split(". ")[0]} (flags: --model, --run, --runs, --out)`, { cause });
  }
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

/** Finds the digits of one picture and writes both files; nothing is written where it cannot be read. */
async function annotate({ model, grid, classes }: Detector, file: string, out: string): Promise<void> {
  const { pixels, ownSize, toOwn, changes } = await readOwnImage(file, [grid.height, grid.width]);
  const scene = { images: pixels, shape: [1, grid.height, grid.width, 1] as const };
  const [found] = detect(model, scene, { ...FOR_PICTURES, grid });
  const objects = found.map(({ box, label, score }) => ({ class: classes[label], score, box: toOwn(box) }));
  const png = await drawPicture(file, objects, ownSize);
  const target = join(out, `${basename(file).replace(/\.[^.]*$/, "")}-found`);
  mkdirSync(out, { recursive: true });
  writeFileSync(`${target}.png.tmp`, png);
  renameSync(`${target}.png.tmp`, `${target}.png`);
  const [height, width] = ownSize;
  writeJson(`${target}.json`, { file, height, width, changes, objects });
  const changed = changes.length > 0 ? ` (changed: ${changes.join(", ")})` : "";
  const list = objects.map((object) => `${object.class} ${object.score.toFixed(2)}`).join(", ") || "nothing";
  console.log(`${basename(file)}: ${list}${changed} → ${target}.png, .json`);
}

interface Found {
  readonly class: string;
  readonly score: number;
  readonly box: readonly [number, number, number, number];
}

/** The user's own picture, in colour and at most LARGEST pixels long, with its boxes. */
async function drawPicture(
  file: string,
  objects: readonly Found[],
  [height, width]: readonly [number, number],
): Promise<Uint8Array> {
  const shrink = Math.min(1, LARGEST / Math.max(height, width));
  const size = {
    height: Math.max(1, Math.round(height * shrink)),
    width: Math.max(1, Math.round(width * shrink)),
    fit: "fill",
  } as const;
  const picture = await decodeImage(file, { channels: 3, size });
  const boxes = objects.map(({ class: label, score, box }) => {
    const [right, down] = [size.width / width, size.height / height];
    const drawn = [box[0] * right, box[1] * down, box[2] * right, box[3] * down] as const;
    return { box: drawn, label: `${label} ${score.toFixed(2)}`, kind: "predicted" as const };
  });
  const { pixels } = picture;
  return svgToPng(await boxOverlay({ title: basename(file), pixels, ...size, channels: 3, boxes }));
}

if (import.meta.main) await exitOnUserError(() => main(process.argv.slice(2)));
