import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import { writeJson } from "@course/train";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { comparisonTable } from "../generate/compare.ts";
import { findRun, finishedRuns } from "../generate/runs.ts";
import { config } from "../src/config.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "runs-"));
  return () => rmSync(out, { recursive: true });
});

/** The folder of a run as a training leaves it, as far as it is read here. */
function save(
  run: string,
  { status = "finished", preset = "default", perplexity = 70, sha256 = "novels", hash = "words", settings = {} } = {},
): string {
  const folder = join(out, "text-generation", run);
  mkdirSync(folder, { recursive: true });
  const dataset = { name: "books", source: "", sha256, isSubset: false, train: 1, validation: 1, test: 1 };
  const numbers = { seed: 1, parameters: 1, epochs: 1, steps: 1, seconds: 9, examplesPerSecond: 1 };
  const metrics = { "test/perplexity": perplexity };
  const texts = { project: "text-generation", run, status, preset, backend: "" };
  writeJson(join(folder, "summary.json"), { ...texts, ...numbers, dataset, metrics, baselines: {}, diagnosis: [] });
  writeJson(join(folder, "config.json"), { config: config.parse(settings) });
  writeJson(join(folder, "vocabulary.json"), { hash });
  return folder;
}
const trial = { trial: { name: "overfit", passed: true, verdict: "" } };

describe("the run to take", () => {
  test("the latest that finished and is no smoke run, whatever `latest` names; another by name", () => {
    save("1-default", { perplexity: 60 });
    const wanted = save("2-default");
    const smoke = save("3-smoke", { preset: "smoke" });
    save("4-default", { status: "interrupted" });
    const tried = join(save("5-default"), "summary.json");
    writeJson(tried, { ...JSON.parse(readFileSync(tried, "utf8")), ...trial });
    mkdirSync(join(out, "text-generation", "6-default"));
    writeFileSync(join(out, "text-generation", "latest"), "3-smoke\n");
    expect(findRun(out)).toBe(wanted);
    expect(findRun(out, "3-smoke")).toBe(smoke);
    expect(finishedRuns(out).map(({ summary }) => summary.run)).toEqual(["1-default", "2-default"]);
  });
  test("a run without its vocabulary does not hide the others", () => {
    const warn = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const [good, bad, odd] = [save("1-default"), save("2-default"), save("3-default")];
    rmSync(join(bad, "vocabulary.json"));
    writeJson(join(odd, "vocabulary.json"), { hash: 5 });
    expect(findRun(out)).toBe(good);
    expect(warn).toHaveBeenCalledTimes(2);
    warn.mockRestore();
  });
  test("none is a user's mistake", () => {
    expect(() => findRun(out)).toThrow(UserError);
    save("1-smoke", { preset: "smoke" });
    expect(() => findRun(out)).toThrow("expected a finished run that is no smoke run, found none (train first");
    expect(() => findRun(out, "2-default")).toThrow("no such run (there are: 1-smoke)");
  });
});

describe("the comparison", () => {
  const losses: Record<string, number> = { a: 4.2, b: 4.1, c: 1.2, d: 3.3, e: 2.2, f: 1.1 };
  const table = () =>
    comparisonTable(finishedRuns(out).map((run) => ({ ...run, validationLoss: losses[run.summary.run]! })));

  test("by validation loss, and only the first one's test perplexity", () => {
    save("a", { perplexity: 61 });
    save("b", { perplexity: 72, settings: { model: "gru", length: "long" } });
    const [title, , first, second] = table().split("\n");
    expect(title).toBe("books, word by word, vocabulary words");
    expect(first).toMatch(/^ +4\.1000 +72\.00 +long +gru +9 s +b$/);
    expect(second).toMatch(/^ +4\.2000 +short +lstm +9 s +a$/);
    expect(table()).not.toContain("61");
  });
  test("a level, a text, a part of it and a vocabulary each have a table of their own", () => {
    save("a");
    save("b");
    save("c", { settings: { level: "character" } });
    save("d", { sha256: "my own" });
    save("e", { hash: "other words" });
    save("f", { settings: { limit: 99 } });
    expect(table().split("\n\n")).toHaveLength(5);
    expect(table().match(/70\.00/g)).toHaveLength(5);
  });
});
