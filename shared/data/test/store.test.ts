import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import { claimFolder, storeFile } from "../src/cache/store.ts";
import { explainWriteError } from "../src/cache/write-error.ts";
import { temporaryFolder } from "./support/temporary.ts";

describe("storeFile", () => {
  test("twenty writers at once: one whole file, nothing beside it", async () => {
    const folder = join(temporaryFolder(), "new", "folder");
    const bytes = Buffer.alloc(300_000, "abc");
    await Promise.all(Array.from({ length: 20 }, () => storeFile(folder, "big", bytes)));
    expect(readdirSync(folder)).toEqual(["big"]);
    expect(readFileSync(join(folder, "big")).equals(bytes)).toBe(true);
  });
  test("a reader sees the old file or the new one, never a part", async () => {
    const folder = temporaryFolder();
    const [old, renewed] = [Buffer.alloc(2_000_000, 1), Buffer.alloc(2_000_000, 2)];
    await storeFile(folder, "f", old);
    let isWriting = true;
    const writing = storeFile(folder, "f", renewed).finally(() => (isWriting = false));
    let reads = 0;
    while (isWriting) {
      const seen = readFileSync(join(folder, "f"));
      expect(seen.equals(old) || seen.equals(renewed)).toBe(true);
      reads++;
      await new Promise(setImmediate);
    }
    await writing;
    expect(reads).toBeGreaterThan(0);
    expect(readFileSync(join(folder, "f")).equals(renewed)).toBe(true);
  });
});

describe("claimFolder", () => {
  test("makes the folder, and removes only what a killed process left a day ago", async () => {
    const folder = join(temporaryFolder(), "set");
    mkdirSync(folder);
    for (const name of [".part-old", ".part-new", "data"]) writeFileSync(join(folder, name), "");
    for (const name of [".part-old", "data"]) utimesSync(join(folder, name), 0, Date.now() / 1000 - 100_000);
    await claimFolder(folder);
    expect(readdirSync(folder).sort()).toEqual([".part-new", "data"]);
  });
});

describe("explainWriteError", () => {
  test("a folder that was removed meanwhile", async () => {
    const folder = join(temporaryFolder(), "gone");
    const error = await open(join(folder, "f"), "w").catch((reason) => reason);
    const explained = explainWriteError(folder, error);
    expect(explained).toBeInstanceOf(UserError);
    expect((explained as UserError).message).toBe(
      `cache folder ${folder}: it was removed while this command ran: run the command again (ENOENT); or set COURSE_CACHE to another folder`,
    );
  });
  test("an error of another kind stays as it is", () => {
    const error = new RangeError("a defect");
    expect(explainWriteError("f", error)).toBe(error);
  });
});
