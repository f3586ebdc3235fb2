import { join, parse, relative } from "node:path";
import { makeOutputFolder, replaceFile, writeJson } from "./files.ts";
import { resolveUserPath, userFolder } from "./workspace.ts";

/** What a network says of a user's picture. */
export interface PictureAnswer {
  /** Path of the picture. */
  readonly file: string;
  /** What was done to it before the network saw it. */
  readonly changes: readonly string[];
  /** The answer on a line. */
  readonly text: string;
  /** The answer as the JSON file has it, after `file` and `changes`. */
  readonly json: object;
  /** The picture with the answer drawn in. */
  readonly png: Uint8Array;
}

/**
 * Writes `<name><ending>.png` and `<name><ending>.json` for each picture, and prints a line.
 *
 * @param to folder as typed, made where it is not there; by default the user's own
 * @throws UserError where the folder cannot be made
 */
export function writePictureAnswers(
  answers: readonly PictureAnswer[],
  { ending, to }: { readonly ending: string; readonly to: string | undefined },
): void {
  const folder = to === undefined ? userFolder() : resolveUserPath(to);
  makeOutputFolder(folder);
  const names = distinctNames(answers.map(({ file }) => file));
  answers.forEach(({ file: path, changes, text, json, png }, i) => {
    const file = relative(userFolder(), path);
    const target = join(folder, names[i] + ending);
    replaceFile(`${target}.png`, png);
    writeJson(`${target}.json`, { file, changes, ...json });
    const changed = changes.length > 0 ? ` (changed: ${changes.join(", ")})` : "";
    console.log(`${file}: ${text}${changed} → ${target}.png, .json`);
  });
}

/** Of each file its name without folder and ending, numbered where another has it: `a.png`, `b/a.png` → `a`, `a-2`. */
export function distinctNames(files: readonly string[]): string[] {
  const names = new Set<string>();
  for (const file of files) {
    const { name } = parse(file);
    let free = name;
    for (let number = 2; names.has(free); number++) free = `${name}-${number}`;
    names.add(free);
  }
  return [...names];
}
