import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { beforeEach, expect, test, vi } from "vitest";
import { distinctNames, writePictureAnswers } from "../src/picture-answers.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "answers-"));
  vi.stubEnv("INIT_CWD", folder);
  return () => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  };
});

const answer = (file: string, changes: readonly string[] = []) => ({
  ...{ file: join(folder, file), changes, text: "a coat", json: { label: "coat" }, png: Buffer.of(1, 2) },
});

test("a picture and a JSON file each, by default in the user's folder, and a line", () => {
  const print = vi.spyOn(console, "log").mockReturnValue();
  writePictureAnswers([answer("x/a.png"), answer("y/a.jpg", ["cropped", "grey"])], { ending: "-found", to: undefined });
  expect(readdirSync(folder).sort()).toEqual(["a-2-found.json", "a-2-found.png", "a-found.json", "a-found.png"]);
  expect(readFileSync(join(folder, "a-found.png"))).toEqual(Buffer.of(1, 2));
  const written = JSON.parse(readFileSync(join(folder, "a-2-found.json"), "utf8"));
  expect(written).toEqual({ file: join("y", "a.jpg"), changes: ["cropped", "grey"], label: "coat" });
  const target = join(folder, "a-2-found");
  expect(print.mock.lastCall).toEqual([`${written.file}: a coat (changed: cropped, grey) → ${target}.png, .json`]);
  print.mockRestore();
});

test("a folder that cannot be made is a user's mistake", () => {
  writeFileSync(join(folder, "taken"), "");
  expect(() => writePictureAnswers([answer("a.png")], { ending: "-found", to: "taken" })).toThrow(UserError);
});

test("an earlier answer is replaced", () => {
  const print = vi.spyOn(console, "log").mockReturnValue();
  const png = Buffer.of(3);
  for (const again of [answer("a.png"), { ...answer("a.png"), png }])
    writePictureAnswers([again], { ending: "-found", to: undefined });
  expect(readFileSync(join(folder, "a-found.png"))).toEqual(png);
  print.mockRestore();
});

test.each([
  ["a picture of the user's own", "b-found.png", "file", "a file and nothing"],
  ["a JSON file of the user's own", "b-found.json", "file", "nothing and a file"],
  ["a folder", "b-found.json", "folder", "nothing and a folder"],
  ["a link to nowhere", "b-found.png", "link", "no plain file and nothing"],
])("%s in the way of one answer is named, and none is written", (_, name, kind, received) => {
  const path = join(folder, name);
  if (kind === "file") writeFileSync(path, "own");
  if (kind === "folder") mkdirSync(path);
  if (kind === "link") symlinkSync(join(folder, "nowhere"), path);
  const message = `${join(folder, "b-found")}.png, .json: expected nothing there, or both files of an earlier answer, received ${received} (a picture of your own? --to another folder)`;
  const write = () => writePictureAnswers([answer("a.png"), answer("b.png")], { ending: "-found", to: undefined });
  expect(write).toThrow(new UserError(message));
  expect(readdirSync(folder)).toEqual([name]);
  if (kind === "file") expect(readFileSync(path, "utf8")).toBe("own");
});

test("each picture has a name of its own", () =>
  expect(distinctNames(["a.png", "b/a.jpg", "b/c.d.png", "a-2.png", "d/a.png"])).toEqual([
    ...["a", "a-2", "c.d", "a-2-2", "a-3"],
  ]));
