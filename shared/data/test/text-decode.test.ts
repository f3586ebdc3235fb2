import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decodeText, readText, readTextFolder } from "../src/text/index.ts";

const TEXT = "Élan vital,\nça va?\n";
const utf16le = Buffer.from(TEXT, "utf16le");

describe("decodeText", () => {
  test.each([
    ["UTF-8", Buffer.from(TEXT), "utf-8"],
    ["UTF-8 with a byte-order mark", Buffer.from(`\ufeff${TEXT}`), "utf-8"],
    ["UTF-16 LE with a byte-order mark", Buffer.from(`\ufeff${TEXT}`, "utf16le"), "utf-16le"],
    ["UTF-16 BE with a byte-order mark", Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16(), "utf-16be"],
    ["UTF-16 LE without", utf16le, "utf-16le"],
    ["UTF-16 BE without", Buffer.from(utf16le).swap16(), "utf-16be"],
    ["Latin-1", Buffer.from(TEXT, "latin1"), "latin1"],
  ])("%s", (_, bytes, encoding) => expect(decodeText("a.txt", bytes)).toEqual({ text: TEXT, encoding }));
  test("Windows' quotation marks in a Latin-1 file", () =>
    expect(decodeText("a.txt", Buffer.from([0x93, 0xe9, 0x94])).text).toBe("“é”"));
  test("line ends become \\n", () => expect(decodeText("a.txt", Buffer.from("a\r\nb\rc\n")).text).toBe("a\nb\nc\n"));
  test("empty bytes are empty text", () => expect(decodeText("a.txt", Buffer.of()).text).toBe(""));
  test("a DOS file's last Ctrl-Z is dropped, in every encoding; one before it is not text", () => {
    expect(decodeText("a.txt", Buffer.from("ab\r\n\x1a"))).toEqual({ text: "ab\n", encoding: "utf-8" });
    expect(decodeText("a.txt", Buffer.from(`${TEXT}\x1a`, "utf16le")).text).toBe(TEXT);
    expect(decodeText("a.txt", Buffer.from("\x1a")).text).toBe("");
    expect(() => decodeText("a.txt", Buffer.from("ab\x1a\x1a"))).toThrow("control character 26 at character 2");
  });
  test("refuses a binary file", () =>
    expect(() => decodeText("a.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toThrow(
      "a.png: expected text, received the control character 26 at character 6 (a binary file?)",
    ));
});

describe("text files", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "course-text-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("a folder's .txt files in order of their paths, those below it too", async () => {
    await mkdir(join(folder, "more"));
    await writeFile(join(folder, "b.TXT"), "two");
    await writeFile(join(folder, "a.txt"), "one");
    await writeFile(join(folder, "more", "c.txt"), "three");
    await writeFile(join(folder, "notes.md"), "not this");
    await writeFile(join(folder, ".hidden.txt"), "nor this");
    const documents = await readTextFolder(folder);
    expect(documents.map(({ name, text }) => [name, text])).toEqual([
      ["a", "one"],
      ["b", "two"],
      [join("more", "c"), "three"],
    ]);
  });
  test("says aloud that it fell back to Latin-1, and only then", async () => {
    const path = join(folder, "a.txt");
    const notices: string[] = [];
    const onNotice = (notice: string) => notices.push(notice);
    await writeFile(path, Buffer.from(TEXT, "latin1"));
    expect((await readText(path, { onNotice })).text).toBe(TEXT);
    await writeFile(path, TEXT);
    await readText(path, { onNotice });
    expect(notices).toEqual([`${path}: neither UTF-8 nor UTF-16, read as Latin-1 (accents wrong? save it as UTF-8)`]);
  });
  test("an empty file, an empty folder and a missing one are the user's mistakes", async () => {
    await expect(readTextFolder(folder)).rejects.toThrow(
      new UserError(`${folder}: expected .txt files, received none`),
    );
    const path = join(folder, "a.txt");
    await writeFile(path, "\ufeff \r\n");
    await expect(readTextFolder(folder)).rejects.toThrow(
      new UserError(`${path}: expected text, received an empty file`),
    );
    const missing = join(folder, "none");
    await expect(readTextFolder(missing)).rejects.toThrow(
      new UserError(`${missing}: expected a folder of .txt files, cannot read it (ENOENT)`),
    );
    await expect(readText(missing)).rejects.toThrow(
      new UserError(`${missing}: expected a text file, cannot read it (ENOENT)`),
    );
  });
});
