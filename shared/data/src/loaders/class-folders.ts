import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@course/core";
import { isPicture, PICTURE_KINDS } from "../pictures/picture-kinds.ts";

export interface ClassFolders {
  readonly classes: readonly string[];
  /** Paths below the folder, class by class. */
  readonly files: readonly string[];
  /** [files.length], each an index into `classes`. */
  readonly labels: readonly number[];
}

/**
 * The pictures in a folder of class-named folders, in the order of their names' code points. Hidden
 * files and other kinds of files are passed over.
 *
 * @throws UserError where there is no such folder, no class folder in it, or a class without pictures.
 */
export async function listClassFolders(folder: string): Promise<ClassFolders> {
  const classes = (await list(folder, "isDirectory")).sort();
  if (classes.length === 0)
    throw new UserError(`${folder}: expected one folder for each class, received none (pictures directly inside?)`);
  const files: string[] = [];
  const labels: number[] = [];
  for (const [label, name] of classes.entries()) {
    const pictures = (await list(join(folder, name), "isFile")).filter(isPicture);
    if (pictures.length === 0)
      throw new UserError(`${join(folder, name)}: expected pictures (${PICTURE_KINDS}), received none`);
    for (const picture of pictures.sort()) {
      files.push(join(name, picture));
      labels.push(label);
    }
  }
  return { classes, files, labels };
}

async function list(folder: string, kind: "isFile" | "isDirectory"): Promise<string[]> {
  const items = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    throw new UserError(`${folder}: expected a folder, cannot read it (${cause.code})`, { cause });
  });
  return items.filter((item) => item[kind]() && !item.name.startsWith(".")).map(({ name }) => name);
}
