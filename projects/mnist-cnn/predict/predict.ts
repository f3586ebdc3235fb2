import { basename, dirname, relative } from "node:path";
import { exitOnUserError } from "@course/core";
import { listPictures, readClassPicture } from "@course/data";
import { useBackend } from "@course/tf";
import { FLAG_TEXTS, parsePathsAndFlags, savedRunFolder, userFolder } from "@course/train";
import { evaluate } from "../src/evaluate.ts";
import { loadNetwork, type Network } from "../src/save.ts";

/** Prints an answer for every picture; one in a folder with a class's name also counts as right or wrong. */
async function predict({ model, classes, dataset }: Network, files: readonly string[]): Promise<void> {
  const [, height, width, channels] = model.inputs[0].shape as [null, number, number, 1 | 3];
  const size = { height, width, channels };
  const images: Uint8Array[] = [];
  for (const file of files) images.push((await readClassPicture(file, { dataset, ...size })).pixels); // one decoded at a time
  const { predicted, confidence } = evaluate(model, {
    images: Buffer.concat(images),
    shape: [files.length, height, width, channels],
    labels: new Uint16Array(files.length), // unknown: only the answers are read
    classes,
  });
  const names = files.map((file) => relative(userFolder(), file));
  const longest = Math.max(...names.map(({ length }) => length));
  let [known, right] = [0, 0];
  files.forEach((file, i) => {
    const [answer, actual] = [classes[predicted[i]], basename(dirname(file))];
    const isKnown = classes.includes(actual);
    known += Number(isKnown);
    right += Number(answer === actual);
    const verdict = isKnown ? (answer === actual ? "  right" : `  wrong, it is ${actual}`) : "";
    console.log(`${names[i].padEnd(longest)}  ${answer}  ${confidence[i].toFixed(4)}${verdict}`);
  });
  if (known > 0) console.log(`accuracy ${(right / known).toFixed(4)} (${right} of ${known})`);
}

/** @throws UserError for paths or flags that lead nowhere */
export async function main(args: readonly string[]): Promise<void> {
  const { run, out } = FLAG_TEXTS;
  const { paths, flags } = parsePathsAndFlags(args, {
    call: "pnpm --filter mnist-cnn run predict",
    paths: "PATH…",
    does: "Says what pictures show, or all of a folder; in a folder with a class's name each counts as right or wrong.",
    flags: { run, out },
  });
  const files = listPictures(paths);
  const folder = savedRunFolder("mnist-cnn", flags);
  await useBackend();
  await predict(await loadNetwork(folder), files);
}

if (import.meta.main) await exitOnUserError(() => main(process.argv.slice(2)));
