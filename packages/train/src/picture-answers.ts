import { lstatSync } from "node:fs";
import { join, parse, relative } from "node:path";
import { UserError } from "@course/core";
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
 * Writes `<name><ending>.png` and `<name><ending>.json` for each picture, and prints a line. The two files of an earlier
 * answer are replaced; where anything else is in the way of one picture, none is written.
 *
 * @param to folder as typed, made where it is not there; by default the user's own
 * @throws UserError where the folder cannot be made, or something that is no answer is in the way
 */
export function writePictureAnswers(
  answers: readonly PictureAnswer[],
  { ending, to }: { readonly ending: string; readonly to: string | undefined },
): void {
  const folder = to === undefined ? userFolder() : resolveUserPath(to);
  makeOutputFolder(folder);
  const targets = distinctNames(answers.map(({ file }) => file)).map((name) => join(folder, name + ending));
  targets.forEach(refuseOthersFiles);
  answers.forEach(({ file: path, changes, text, json, png }, i) => {
    const file = relative(userFolder(), path);
    const target = targets[i]!;
    replaceFile(`${target}.png`, png);
    writeJson(`${target}.json`, { file, changes, ...json });
    const changed = changes.length > 0 ? ` (changed: ${changes.join(", ")})` : "";
    console.log(`${file}: ${text}${changed} → ${target}.png, .json`);
  });
}

/** @throws UserError unless neither file is there, or both are, as an earlier answer left them */
function refuseOthersFiles(target: string): void {
  const [png, json] = [whatIsAt(`${target}.png`), whatIsAt(`${target}.json`)];
  if (png === json && (png === "nothing" || png === "a file")) return;
  throw new UserError(
    `${target}.png, .json: expected nothing there, or both files of an earlier answer, received ${png} and ${json} (a picture of your own? --to another folder)`,
  );
}

function whatIsAt(path: string): "nothing" | "a file" | "a folder" | "no plain file" {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return "nothing";
  if (entry.isFile()) return "a file";
  return entry.isDirectory() ? "a folder" : "no plain file";
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
