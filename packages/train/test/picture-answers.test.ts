import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

test("each picture has a name of its own", () =>
  expect(distinctNames(["a.png", "b/a.jpg", "b/c.d.png", "a-2.png", "d/a.png"])).toEqual([
    ...["a", "a-2", "c.d", "a-2-2", "a-3"],
  ]));
