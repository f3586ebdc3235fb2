import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import { listPictures } from "../src/index.ts";
import { temporaryFolder } from "./support/temporary.ts";

function folderOf(...files: string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "not read");
  }
  return folder;
}

describe("the pictures of paths", () => {
  test("a folder's and its folders', in order; what is hidden and other files are passed over", () => {
    const folder = folderOf("b.PNG", "a/2.jpeg", "a/1.webp", "notes.txt", ".thumbnails/b.png", "a/._1.png");
    expect(listPictures([folder])).toEqual(["a/1.webp", "a/2.jpeg", "b.PNG"].map((file) => join(folder, file)));
  });
  test("a command's own answers are passed over in a folder, but not where they are named", () => {
    const folder = folderOf("a.png", "a-found.png", "b/a-found.png", "found.png");
    expect(listPictures([folder], "-found.png")).toEqual(["a.png", "found.png"].map((file) => join(folder, file)));
    expect(listPictures([join(folder, "a-found.png")], "-found.png")).toEqual([join(folder, "a-found.png")]);
    expect(() => listPictures([join(folder, "b")], "-found.png")).toThrow(UserError);
  });
  test("a file is taken whatever it is called", () => {
    const folder = folderOf("scan", "a.png");
    expect(listPictures([join(folder, "scan"), folder])).toEqual([join(folder, "scan"), join(folder, "a.png")]);
  });
  test("none, nowhere and a folder without any are a user's mistake", () => {
    const folder = folderOf("notes.txt");
    for (const [paths, message] of [
      [[], "expected the path of a picture or of a folder of pictures, received none"],
      [["/nowhere.png"], "/nowhere.png: no such file or folder"],
      [[folder], `${folder}: expected pictures (png, jpg, webp, gif, tiff, avif), found none`],
    ] as const)
      expect(() => listPictures(paths)).toThrow(new UserError(message));
  });
});
