import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { UserError } from "@course/core";
import { pack } from "tar-stream";
import { describe, expect, test } from "vitest";
import { type Entry, openDataset } from "../src/index.ts";
import { dataFile, testEntry } from "./support/entry.ts";
import { type Handler, serve } from "./support/serve.ts";
import { temporaryFolder } from "./support/temporary.ts";

const HELLO = Buffer.from("hello, this is the whole file");
const FILE = dataFile("hello.txt", HELLO);
const sends =
  (bytes: Uint8Array | string): Handler =>
  (_, response) =>
    void response.end(bytes);
const from = (...bases: string[]): Entry =>
  testEntry(
    [FILE],
    bases.map((base) => ({ kind: "url", urls: { "hello.txt": `${base}/hello.txt.gz` } })),
  );
const SUBSET = {
  about: "",
  files: [
    { name: "digits.csv", size: 264712, sha256: "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8" },
  ],
  source: { kind: "asset" as const, members: { "digits.csv": "small-digits/digits.csv.gz" } },
};

describe("openDataset: the order of sources", () => {
  test("fetches, then finds it in the cache without asking the server again", async () => {
    let requests = 0;
    const base = await serve((request, response) => {
      requests++;
      return sends(gzipSync(HELLO))(request, response);
    });
    const cacheFolder = temporaryFolder();
    const first = await openDataset(from(base), { cacheFolder });
    expect(first.source).toBe(`upstream ${new URL(base).host}`);
    expect(first.files.get("hello.txt")).toEqual(HELLO);
    const second = await openDataset(from(base), { cacheFolder });
    expect(second).toMatchObject({ source: "cache", isSubset: false, skipped: [] });
    expect(Buffer.compare(second.files.get("hello.txt")!, HELLO)).toBe(0);
    expect(requests).toBe(1);
    expect(readdirSync(join(cacheFolder, "tiny"))).toEqual(["hello.txt"]);
    expect(readFileSync(join(cacheFolder, "tiny", "hello.txt"))).toEqual(HELLO);
  });
  test("takes the next source where one fails, and says why", async () => {
    const bad = await serve((_, response) => void response.writeHead(503).end());
    const good = await serve(sends(HELLO));
    const opened = await openDataset(from(bad, good), { cacheFolder: temporaryFolder() });
    expect(opened.source).toBe(`upstream ${new URL(good).host}`);
    expect(opened.skipped).toEqual([
      `upstream ${new URL(bad).host}: hello.txt: the server answers 503 Service Unavailable`,
    ]);
  });
  test("an archive", async () => {
    const tar = pack();
    tar.entry({ name: "folder/hello.txt" }, HELLO);
    tar.finalize();
    const packed = gzipSync(await text(tar));
    const base = await serve(sends(packed));
    const members = { "hello.txt": "folder/hello.txt" };
    const entry = testEntry([FILE], [{ kind: "archive", url: `${base}/tiny.tar.gz`, members }]);
    const opened = await openDataset(entry, { cacheFolder: temporaryFolder() });
    expect(opened.files.get("hello.txt")).toEqual(HELLO);
  });
  test("offline: no request, the subset, and why", async () => {
    const base = await serve(() => expect.unreachable("asked the server"));
    const entry = { ...from(base), subset: SUBSET };
    const cacheFolder = temporaryFolder();
    const opened = await openDataset(entry, { cacheFolder, offline: true });
    expect(opened).toMatchObject({ source: "subset in the repository", isSubset: true });
    expect(opened.skipped).toEqual([`upstream ${new URL(base).host}: skipped: offline`]);
    expect([...opened.files.keys()]).toEqual(["digits.csv"]);
    expect(readdirSync(cacheFolder)).toEqual([]);
  });
  test("nothing reachable and no subset: every reason, and what to do instead", async () => {
    const entry = { ...from("http://127.0.0.1:9"), instead: "Give a folder (--data)" };
    const opening = openDataset(entry, { cacheFolder: temporaryFolder() });
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow(
      /^data set tiny: no source could be used: upstream 127\.0\.0\.1:9: hello\.txt: no network, .*\. Give a folder \(--data\)$/,
    );
  });
  test("an unknown name: the nearest one", async () => {
    await expect(openDataset("fashion-mnits")).rejects.toThrow('not in the catalogue (did you mean "fashion-mnist"?)');
  });
});

describe("openDataset: bad data never reach the cache or the caller", () => {
  test.each<[string, Uint8Array | string, RegExp]>([
    [
      "another file",
      "hello, this is another one    ",
      /hello\.txt: expected SHA-256 [0-9a-f]{64}, received [0-9a-f]{64}/,
    ],
    ["cut short", HELLO.subarray(0, 9), /expected 29 bytes, received 9 \(cut short, or damaged\?\)/],
    ["gzip cut short", gzipSync(HELLO).subarray(0, 20), /the gzip data are cut short or damaged/],
    ["an HTML page", "<!doctype html><title>Log in to the campus network</title>", /received an HTML page/],
    ["empty", "", /expected 29 bytes, received 0/],
  ])("%s", async (_, sent, message) => {
    const base = await serve(sends(sent));
    const cacheFolder = temporaryFolder();
    const opening = openDataset(from(base), { cacheFolder });
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow(message);
    expect(readdirSync(join(cacheFolder, "tiny"))).toEqual([]);
  });
  test("a file damaged in the cache is removed, said and fetched again", async () => {
    const base = await serve(sends(HELLO));
    const cacheFolder = temporaryFolder();
    const path = join(cacheFolder, "tiny", "hello.txt");
    await openDataset(from(base), { cacheFolder });
    writeFileSync(path, "hello, this is the whole fiLe");
    const again = await openDataset(from(base), { cacheFolder });
    expect(again.source).toBe(`upstream ${new URL(base).host}`);
    expect(again.skipped[0]).toContain(`cache: ${path}: expected SHA-256`);
    expect(readFileSync(path)).toEqual(HELLO);
  });
  test("a file damaged in the cache is removed even if nothing replaces it", async () => {
    const cacheFolder = temporaryFolder();
    mkdirSync(join(cacheFolder, "tiny"));
    writeFileSync(join(cacheFolder, "tiny", "hello.txt"), "damaged");
    await expect(openDataset(from("http://127.0.0.1:9"), { cacheFolder })).rejects.toThrow("; removed;");
    expect(readdirSync(join(cacheFolder, "tiny"))).toEqual([]);
  });
});

describe("openDataset: the user's folder", () => {
  const entry = from("http://127.0.0.1:9/other-name");
  test.each<[string, (folder: string) => void]>([
    ["the file", (folder) => writeFileSync(join(folder, "hello.txt"), HELLO)],
    ["the file, gzipped", (folder) => writeFileSync(join(folder, "hello.txt.gz"), gzipSync(HELLO))],
    [
      "in a folder named as the set",
      (folder) => {
        mkdirSync(join(folder, "tiny"));
        writeFileSync(join(folder, "tiny", "hello.txt"), HELLO);
      },
    ],
  ])("%s", async (_, write) => {
    const dataFolder = temporaryFolder();
    write(dataFolder);
    const opened = await openDataset(entry, { dataFolder, cacheFolder: join(dataFolder, "unused") });
    expect(opened.source).toBe(`folder ${dataFolder}`);
    expect(Buffer.compare(opened.files.get("hello.txt")!, HELLO)).toBe(0);
  });
  test("upstream's archive", async () => {
    const tar = pack();
    tar.entry({ name: "folder/hello.txt" }, HELLO);
    tar.finalize();
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, "tiny.tar.gz"), gzipSync(await text(tar)));
    const members = { "hello.txt": "folder/hello.txt" };
    const archived = testEntry([FILE], [{ kind: "archive", url: "http://127.0.0.1:9/tiny.tar.gz", members }]);
    const opened = await openDataset(archived, { dataFolder });
    expect(opened.files.get("hello.txt")).toEqual(HELLO);
  });
  test("no such folder", async () => {
    const dataFolder = join(temporaryFolder(), "absent");
    await expect(openDataset(entry, { dataFolder })).rejects.toThrow(`data folder ${dataFolder}: expected a folder`);
  });
  test("a file is missing: no silent fall back to another source", async () => {
    const dataFolder = temporaryFolder();
    const opening = openDataset({ ...entry, subset: SUBSET }, { dataFolder });
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow(
      "expected the files of tiny (hello.txt; plain or .gz), received none of them",
    );
  });
  test.each<[string, Uint8Array | string, string]>([
    ["wrong hash", "something else", "hello.txt: expected SHA-256"],
    ["an HTML page", "<html>404</html>", "received an HTML page"],
    ["gzip cut short", gzipSync(HELLO).subarray(0, 20), "the gzip data are cut short or damaged"],
  ])("%s", async (_, bytes, message) => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, "hello.txt"), bytes);
    const opening = openDataset(entry, { dataFolder });
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow(message);
    expect(readdirSync(dataFolder)).toEqual(["hello.txt"]); // the user's file is not ours to remove
  });
});

describe("openDataset: the cache folder", () => {
  test("removed while the download runs: it is made again", async () => {
    const cacheFolder = temporaryFolder();
    const base = await serve((_, response) => {
      rmSync(cacheFolder, { recursive: true });
      response.end(HELLO);
    });
    await openDataset(from(base), { cacheFolder });
    expect(readFileSync(join(cacheFolder, "tiny", "hello.txt"))).toEqual(HELLO);
  });
  test("its path leads through a file: said before anything is downloaded", async () => {
    const base = await serve(() => expect.unreachable("asked the server"));
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    const opening = openDataset(from(base), { cacheFolder: join(file, "cache") });
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow("a part of this path is a file, not a folder (ENOTDIR); or set COURSE_CACHE");
  });
});
