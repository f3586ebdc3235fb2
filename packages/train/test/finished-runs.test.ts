import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { finishedRuns, writeJson } from "../src/index.ts";

const config = z.strictObject({ epochs: z.int().default(3) });
let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "runs-"));
  return () => rmSync(out, { recursive: true });
});

/** As far as it is read here. */
function save(run: string, summary: object = {}, settings: object = { epochs: 3 }): string {
  const folder = join(out, "digits", run);
  mkdirSync(folder, { recursive: true });
  const numbers = { seed: 1, parameters: 1, epochs: 1, steps: 1, seconds: 9, examplesPerSecond: 1 };
  const texts = { project: "digits", run, status: "finished", preset: "default", backend: "" };
  const whole = { ...texts, ...numbers, metrics: {}, baselines: {}, diagnosis: [], ...summary };
  writeJson(join(folder, "summary.json"), whole);
  writeJson(join(folder, "config.json"), { seed: 1, preset: "default", config: settings });
  return folder;
}

test("finished, the oldest first; neither smoke runs nor trials", () => {
  const [second, first] = [save("2", { preset: "wide" }), save("1")];
  save("3", { preset: "smoke" });
  save("4", { status: "interrupted" });
  save("5", { trial: { name: "overfit", passed: true, verdict: "" } });
  mkdirSync(join(out, "digits", "6"));
  const runs = finishedRuns(out, "digits", config);
  expect(runs.map(({ folder }) => folder)).toEqual([first, second]);
  expect(runs[1]).toMatchObject({ config: { epochs: 3 }, summary: { preset: "wide" } });
  expect(finishedRuns(out, "letters", config)).toEqual([]);
});

test("one with settings of another version, or a damaged summary, is passed over with a warning", () => {
  const warn = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  writeFileSync(join(save("0"), "summary.json"), "{");
  save("1", {}, { layers: 3 });
  save("2");
  expect(finishedRuns(out, "digits", config).map(({ summary }) => summary.run)).toEqual(["2"]);
  const [damaged, other] = warn.mock.calls.map(([line]) => line);
  expect(damaged).toMatch(/^warning: passed over: .*summary\.json: .*\n$/);
  expect(other).toMatch(/^warning: passed over: .*config\.json: expected this version's .*\n$/);
  warn.mockRestore();
});
