import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { exitOnUserError, UserError } from "@course/core";
import { decodeImage } from "@course/data";
import { useBackend } from "@course/tf";
import { resolveUserPath, userFolder } from "@course/train";
import { evaluate } from "../src/evaluate.ts";
import { loadNetwork, type Network } from "../src/save.ts";
import { PREPARATIONS, prepare } from "./own-image.ts";
import { openRun } from "./saved-run.ts";

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

/** Bytes of the size that the network takes, prepared as what it was trained on. */
async function readPicture(file: string, { model, dataset }: Network): Promise<Uint8Array> {
  const preparation = PREPARATIONS[dataset];
  if (preparation) return prepare(file, preparation);
  const [, height, width, channels] = model.inputs[0]!.shape as [null, number, number, 1 | 3];
  const size = { height, width, fit: "cover" } as const; // as loadImageFolder has it
  const { pixels } = await decodeImage(file, { channels, size }).catch((cause) => {
    throw new UserError(`${file}: expected a picture (${cause.message})`, { cause });
  });
  return pixels;
}

/** Prints an answer for every picture; one in a folder with a class's name also counts as right or wrong. */
async function predict(network: Network, files: readonly string[]): Promise<void> {
  const { model, classes } = network;
  const [, ...size] = model.inputs[0]!.shape as [null, number, number, number];
  const images = Buffer.concat(await Promise.all(files.map((file) => readPicture(file, network))));
  const labels = new Uint16Array(files.length); // unknown: only the answers are read
  const { predicted, confidence } = evaluate(model, { images, shape: [files.length, ...size], labels, classes });
  const names = files.map((file) => relative(userFolder(), file));
  const longest = Math.max(...names.map(({ length }) => length));
  let [known, right] = [0, 0];
  files.forEach((file, i) => {
    const [answer, actual] = [classes[predicted[i]!]!, basename(dirname(file))];
    const isKnown = classes.includes(actual);
    known += Number(isKnown);
    right += Number(answer === actual);
    const verdict = isKnown ? (answer === actual ? "  right" : `  wrong, it is ${actual}`) : "";
    console.log(`${names[i]!.padEnd(longest)}  ${answer}  ${confidence[i]!.toFixed(4)}${verdict}`);
  });
  if (known > 0) console.log(`accuracy ${(right / known).toFixed(4)} (${right} of ${known})`);
}

/** @param args `PATH… [--run NAME] [--out DIR]` @throws UserError for paths or flags that lead nowhere */
export async function main(args: readonly string[]): Promise<void> {
  const { folder, paths } = openRun(args);
  if (paths.length === 0) throw new UserError("predict: expected the path of a picture or of a folder of pictures");
  const files = paths.flatMap((path) => listPictures(resolveUserPath(path)));
  await useBackend();
  await predict(await loadNetwork(folder), files);
}

if (import.meta.main) await exitOnUserError(() => main(process.argv.slice(2)));
