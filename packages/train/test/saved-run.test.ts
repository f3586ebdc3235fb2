import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HelpRequest, UserError } from "@course/core";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeOutputFolder } from "../src/files.ts";
import {
  parsePathsAndFlags,
  readRunSettings,
  replaceFile,
  resolveUserPath,
  savedModelFolder,
  savedRunFolder,
  writeJson,
} from "../src/index.ts";

const out = mkdtempSync(join(tmpdir(), "runs-"));
afterAll(() => rmSync(out, { recursive: true }));
for (const run of ["one", "two"]) mkdirSync(join(out, "digits", run), { recursive: true });
writeFileSync(join(out, "digits", "latest"), "two\n");

describe("paths and flags", () => {
  const flagsOnly = { call: "node a.ts", does: "Says what a is.", flags: { run: "NAME: the run", out: "DIR: all" } };
  const command = { ...flagsOnly, paths: "PATH…" };
  test("paths from where the user stands, flags as they were typed", () => {
    const { paths, flags } = parsePathsAndFlags(["--", "a.png", "--run", "one", "/b"], command);
    expect(paths).toEqual([resolveUserPath("a.png"), "/b"]);
    expect(flags).toEqual({ run: "one" });
  });
  test.each([
    [["--speed", "x"], "Unknown option '--speed' (flags: --run, --out, --help)"],
    [["one"], 'expected flags only, received "one" (flags: --run, --out, --help)'],
    [["--run", "-x"], "Option '--run' argument is ambiguous (flags: --run, --out, --help)"],
    [["--run"], "Option '--run <value>' argument missing (flags: --run, --out, --help)"],
  ])("%j is a user's mistake", (args, message) => {
    expect(() => parsePathsAndFlags(args, flagsOnly)).toThrow(new UserError(message));
  });
  test.each([
    [command, "node a.ts PATH… [flags]"],
    [flagsOnly, "node a.ts [flags]"],
  ])("--help has the call and a line for each flag: %j", (asked, call) => {
    const text = `${call}\nSays what a is.\n\n  --run   NAME: the run\n  --out   DIR: all\n  --help  this list\n`;
    expect(() => parsePathsAndFlags(["a.png", "--help"], asked)).toThrow(new HelpRequest(text));
  });
});

describe("a saved run", () => {
  test("the latest, or by name", () => {
    expect(savedRunFolder("digits", { out })).toBe(join(out, "digits", "two"));
    expect(savedRunFolder("digits", { out, run: "one" })).toBe(join(out, "digits", "one"));
    expect(() => savedRunFolder("digits", { out, run: "six" })).toThrow("no such run (there are: one, two)");
  });
  test("its settings; those of another version are named", () => {
    const folder = join(out, "digits", "one");
    const config = z.strictObject({ epochs: z.int().default(3), warp: z.number().default(1) });
    const save = (settings: object) =>
      writeJson(join(folder, "config.json"), { seed: 7, preset: "full", config: settings });
    save({ warp: 2, epochs: 5 });
    expect(readRunSettings(folder, config)).toEqual({ seed: 7, preset: "full", config: { epochs: 5, warp: 2 } });
    const refused = (settings: object, why: string) => {
      save(settings);
      const message = `${join(folder, "config.json")}: expected this version's settings, received others: ${why} (train again)`;
      expect(() => readRunSettings(folder, config)).toThrow(new UserError(message));
    };
    refused({ epochs: 5, warp: 2, depth: 1 }, 'Unrecognized key: "depth"');
    refused({ epochs: 0.5, warp: 2 }, "epochs: Invalid input: expected int, received number");
    refused({ epochs: 5 }, "fewer (defaults would stand for what is missing)");
  });
  test("its network, or any", () => {
    expect(savedModelFolder("digits", { out })).toBe(join(out, "digits", "two", "model"));
    expect(savedModelFolder("digits", { out: "/nowhere", model: "/models/a" })).toBe("/models/a");
  });
});

test("a folder to write to is made, or was there; a file in the way is a user's mistake", () => {
  const [folder, file] = [join(out, "new", "inner"), join(out, "in-the-way")];
  makeOutputFolder(folder);
  makeOutputFolder(folder);
  replaceFile(join(folder, "a.txt"), "a");
  writeFileSync(file, "");
  for (const [path, code] of [
    [file, "EEXIST"],
    [join(file, "inner"), "ENOTDIR"],
  ] as const)
    expect(() => makeOutputFolder(path)).toThrow(
      new UserError(`${path}: expected a folder to write to, cannot make it (${code}; is a file in the way?)`),
    );
});

test("bytes replace a file as text does", () => {
  const path = join(out, "picture.png");
  replaceFile(path, "old");
  replaceFile(path, Uint8Array.of(1, 2, 3));
  expect([...readFileSync(path)]).toEqual([1, 2, 3]);
});
