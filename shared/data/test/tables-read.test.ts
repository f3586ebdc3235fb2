import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { UserError } from "@course/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readTable, strings } from "../src/tables/index.ts";

describe("readTable", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "course-tables-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const write = async (bytes: string | Uint8Array) => {
    const path = join(folder, "t.csv");
    await writeFile(path, bytes);
    return path;
  };

  test.each([
    ["plain", Buffer.from("a\né\n")],
    ["gzipped", gzipSync("a\né\n")],
    ["UTF-16 with a byte-order mark", Buffer.from("\ufeffa\né\n", "utf16le")],
    ["Latin-1", Buffer.from("a\né\n", "latin1")],
  ])("%s", async (_, bytes) => {
    const table = await readTable(await write(bytes));
    expect(table.name).toBe("t.csv");
    expect(strings(table, "a")).toEqual(["é"]);
  });
  test("a missing file, a damaged one", async () => {
    const path = join(folder, "none.csv");
    await expect(readTable(path)).rejects.toThrow(
      new UserError(`${path}: expected a CSV file, cannot read it (ENOENT)`),
    );
    const cut = await write(gzipSync("a,b\n1,2\n".repeat(100)).subarray(0, 30));
    await expect(readTable(cut)).rejects.toThrow(UserError);
    await expect(readTable(cut)).rejects.toThrow(`${cut}: the gzip data are cut short or damaged`);
  });
});
