import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";

/** Writes the file and waits until it is on the disk. */
export function writeFileSynced(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const file = openSync(path, "w");
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } catch (error) {
    // a failed write to an open file does not know its path
    throw Object.assign(error as Error, { path });
  } finally {
    closeSync(file);
  }
}

/** Writes a file that must not exist yet; false if it does. */
export function writeNewFile(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Makes a folder for what a command writes, where it is not there yet. @throws UserError where it cannot be */
export function makeOutputFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UserError(`${path}: expected a folder to write to, cannot make it (${code}; is a file in the way?)`, {
      cause,
    });
  }
}

/** Replaces the file as a whole: a reader sees the old content or the new, never a part. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  writeFileSynced(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

/** `folder/<name>.svg`; makes the folder. */
export function writeSvg(folder: string, name: string, svg: string): void {
  mkdirSync(folder, { recursive: true });
  replaceFile(join(folder, `${name}.svg`), svg);
}

export function writeJson(path: string, value: unknown): void {
  replaceFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** @throws UserError if the file is missing or is not JSON. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UserError(`${path}: expected a JSON file (${(error as Error).message})`);
  }
}
