import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { PresetResult, Results } from "../src/results-file.ts";
import { readResults } from "../src/results-file.ts";
import { formatSpread, resultsMarkdown, writeResultsTable } from "../src/results-table.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "results-"));
  return () => rmSync(folder, { recursive: true });
});

const preset: PresetResult = {
  seeds: [1, 2, 3],
  config: { epochs: 8 },
  dataset: { name: "points", source: "cache", sha256: "0", train: 1200, validation: 1, test: 1 },
  parameters: 3456,
  epochs: 8,
  metrics: { "test/accuracy": { mean: 0.9012, sd: 0.002, count: 3, values: [] } },
  baselines: { majority: { mean: 0.1, sd: 0, count: 3, values: [] } },
  seconds: { mean: 20.26, sd: 1, count: 3, values: [] },
  examplesPerSecond: { mean: 12345.6, sd: 1, count: 3, values: [] },
  environment: { commit: "abcdef0123", node: "v26.0.0", processor: "P", cores: 2, platform: "linux-x64" },
  backend: "typed arrays",
  measuredOn: "2026-01-02",
};
const results: Results = { project: "p", metrics: { "test/accuracy": 0.9012 }, presets: { full: preset } };

test("the table has a row for each metric, baseline and cost, and says how it was measured", () => {
  const text = resultsMarkdown(results);
  expect(text).toContain("| **test/accuracy** | 0.9012 ± 0.0020 |");
  expect(text).toContain("| baseline: majority | 0.1000 |");
  expect(text).toContain("| training examples | 1,200 |");
  expect(text).toContain("| seconds | 20.3 ± 1.0 |");
  expect(text).toContain(
    "full: seeds 1, 2, 3 on points, typed arrays, P (2 cores), Node v26.0.0, 2026-01-02, commit abcdef0",
  );
});

test("runs of several commits name them all", () => {
  const environment = { ...preset.environment, commit: "abcdef0123, 0123456789" };
  const text = resultsMarkdown({ ...results, presets: { full: { ...preset, environment } } });
  expect(text).toContain("2026-01-02, commits abcdef0, 0123456.");
});

test("a preset of the project's own has a column that tells its number of seeds; one seed has no spread", () => {
  const once = { mean: 0.93, sd: 0, count: 1, values: [0.93] };
  const fashion: PresetResult = { ...preset, seeds: [1], metrics: { "test/accuracy": once } };
  const text = resultsMarkdown({ ...results, presets: { full: preset, fashion } });
  expect(text).toContain("| mean ± sd | full (3 seeds) | fashion (1 seed) |");
  expect(text).toContain("| **test/accuracy** | 0.9012 ± 0.0020 | 0.9300 |");
});

test.each([
  [{ mean: 0.97496, sd: 0.00182 }, "0.9750 ± 0.0018"],
  [{ mean: 0.00001646, sd: 0.0000041 }, "1.6e-5 ± 4.1e-6"],
  [{ mean: 0.5, sd: 0 }, "0.5000"],
  [{ mean: 0, sd: 0 }, "0.0000"],
])("a spread is told in four places, and one below them by its exponent: %j", (spread, text) => {
  expect(formatSpread({ count: 3, values: [], ...spread })).toBe(text);
});
test("only what stands between the marks is replaced", () => {
  writeFileSync(join(folder, "README.md"), "before\n<!-- results -->\nold\n<!-- /results -->\nafter\n");
  writeResultsTable(folder, results);
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  expect(readme).toMatch(/^before\n<!-- results -->\n\| mean/);
  expect(readme).toMatch(/\n<!-- \/results -->\nafter\n$/);
  expect(readme).not.toContain("old");
});

test("a README without marks, and results of another form, are named", () => {
  writeFileSync(join(folder, "README.md"), "no marks\n");
  expect(() => writeResultsTable(folder, results)).toThrow("expected the marks <!-- results -->");
  expect(() => readResults(folder)).toThrow("summary.json: expected a JSON file");
});
