import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
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

/** Replaces the file as a whole: a reader sees the old content or the new, never a part. */
export function replaceFile(path: string, content: string): void {
  writeFileSynced(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
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
