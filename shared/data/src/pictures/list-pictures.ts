import { existsSync, readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { UserError } from "@course/core";
import { isPicture, PICTURE_KINDS } from "./picture-kinds.ts";

/**
 * The pictures that paths name: files as they are, of a folder all in it and in its folders, in the
 * order of their names' code points. What is hidden, and other kinds of files, are passed over.
 *
 * @param answers ending of what the command itself writes, such as "-found.png": passed over in folders, too
 * @throws UserError without a path, for one that leads nowhere, or a folder without a picture
 */
export function listPictures(paths: readonly string[], answers?: string): string[] {
  if (paths.length === 0)
    throw new UserError("expected the path of a picture or of a folder of pictures, received none");
  return paths.flatMap((path) => {
    if (!existsSync(path)) throw new UserError(`${path}: no such file or folder`);
    return statSync(path).isDirectory() ? picturesIn(path, answers) : [path];
  });
}

function picturesIn(folder: string, answers?: string): string[] {
  const isAnswer = (entry: string) => answers !== undefined && entry.endsWith(answers);
  const isShown = (entry: string) => !entry.split(sep).some((part) => part.startsWith(".")) && !isAnswer(entry);
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const pictures = entries.filter((entry) => isShown(entry) && isPicture(entry)).sort();
  if (pictures.length === 0) throw new UserError(`${folder}: expected pictures (${PICTURE_KINDS}), found none`);
  return pictures.map((entry) => join(folder, entry));
}
