import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { readResults } from "../src/results-file.ts";

const MAIN = join(import.meta.dirname, "..", "src", "main.ts");
let root: string;

/** A workspace with one project whose training script prints its flags, and two runs of it. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "workspace-"));
  writeFileSync(join(root, "pnpm-workspace.yaml"), "packages: []\n");
  const project = join(root, "projects", "line");
  mkdirSync(join(project, "src"), { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "line", description: "fits a line" }));
  writeFileSync(
    join(project, "src", "train.ts"),
    "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;",
  );
  for (const [run, learningRate] of [
    ["20260101-000000-default-seed1", 0.1],
    ["20260102-000000-default-seed1", 0.2],
  ] as const)
    writeRun(run, learningRate);
  writeFileSync(join(root, "runs", "line", "latest"), "20260102-000000-default-seed1\n");
  return () => rmSync(root, { recursive: true });
});

function writeRun(run: string, learningRate: number, more: object = {}): void {
  const folder = join(root, "runs", "line", run);
  mkdirSync(join(folder, "figures"), { recursive: true });
  const config = { epochs: 2, learningRate };
  writeFileSync(join(folder, "config.json"), JSON.stringify({ project: "line", preset: "default", seed: 1, config }));
  const summary = {
    ...{
      project: "line",
      run,
      status: "finished",
      preset: "default",
      seed: 1,
      backend: "none",
      parameters: 2,
      epochs: 2,
      steps: 4,
    },
    ...{
      seconds: 1.5,
      examplesPerSecond: 10,
      metrics: { "test/loss": learningRate / 2 },
      baselines: {},
      diagnosis: [],
    },
    ...more,
  };
  writeFileSync(join(folder, "summary.json"), JSON.stringify(summary));
  writeFileSync(join(folder, "environment.json"), JSON.stringify({ commit: "abc", dirty: true }));
}

const course = (...args: string[]) => {
  const { INIT_CWD: _, ...env } = process.env;
  return spawnSync(process.execPath, [MAIN, ...args], { cwd: root, encoding: "utf8", env });
};

test("list: project, task, and the latest run", () => {
  const { stdout, status } = course("list");
  expect(status).toBe(0);
  expect(stdout).toMatch(/line +fits a line +not yet +test\/loss 0\.1000 \(finished\)/);
});

test("train passes every flag on, --help too, and the exit code back", () => {
  const { stdout, status } = course("train", "line", "--epochs", "3", "--help");
  expect(JSON.parse(stdout)).toEqual(["--epochs", "3", "--help"]);
  expect(status).toBe(3);
});

const [OLDER, NEWER] = ["20260101-000000-default-seed1", "20260102-000000-default-seed1"];

test("runs: a row for each, with status, preset, seed and metric; a damaged one does not hide the others", () => {
  const { stdout } = course("runs");
  expect(stdout.trim().split("\n")).toHaveLength(3);
  expect(stdout).toMatch(/line +20260102-000000-default-seed1 +finished +default +1 +test\/loss 0\.1000 +1\.5 s/);
  writeFileSync(join(root, "runs", "line", OLDER, "summary.json"), "{}");
  expect(course("runs", "list", "line").stdout).toMatch(/seed1 +unreadable\n.*seed1 +finished/);
});

test("runs: a check such as --overfit is no result, and listed only with --all", () => {
  const trial = { name: "overfit", passed: false, verdict: "stuck" };
  writeRun("20260103-000000-default-overfit-seed2", 0.3, { seed: 2, trial });
  expect(course("runs", "list", "line").stdout).not.toContain("overfit");
  expect(course("runs", "list", "line", "--all").stdout).toMatch(/overfit-seed2 +overfit +default/);
  expect(course("results", "update", "line").stderr).toContain("expected runs of 3 seeds, found 1");
});

test("compare: the settings that differ, all metrics, and curves in one file without requests", () => {
  for (const run of [OLDER, NEWER]) {
    const line = (step: number) => JSON.stringify({ step, epoch: step, "train/epochLoss": 1 / step, "train/f1": 0.5 });
    writeFileSync(join(root, "runs", "line", run, "metrics.jsonl"), `${line(1)}\n${line(2)}\n`);
  }
  const { stdout } = course("runs", "compare", "line", "latest", OLDER);
  const [settings = "", metrics = ""] = stdout.split("\n\n");
  expect(settings).toMatch(/learningRate +0\.2 +0\.1/);
  expect(settings).not.toContain("epochs");
  expect(metrics).toMatch(/test\/loss +0\.1000 +0\.0500/);
  expect(stdout).toContain("curves  runs/line/comparison.html");
  const html = readFileSync(join(root, "runs", "line", "comparison.html"), "utf8");
  expect(html.match(/<figure/g)).toHaveLength(2);
  expect(html).toContain(`Line chart of train/f1 over epoch: ${NEWER}, ${OLDER}`);
  expect(html).not.toMatch(/(src|href)="(?!data:)|url\((?!#)|<script/);
});

test("compare: three runs, and another file", () => {
  const third = "20260103-000000-default-seed2";
  writeRun(third, 0.3);
  const { stdout, stderr } = course("runs", "compare", "line", OLDER, NEWER, third, "--html", "x.html");
  expect(stderr).toBe("");
  expect(stdout).toMatch(/learningRate +0\.1 +0\.2 +0\.3/);
  expect(readFileSync(join(root, "x.html"), "utf8")).toContain(third);
});

test.each([
  [["train", "lin"], 'lin: no such project (did you mean "line"?)'],
  [["runs", "compare", "line", "latest", "x"], "no such run (there are: 2026"],
  [["runs", "compare", "line", "latest", "latest"], "expected two runs or more of line"],
  [["data", "prepare", "fashion"], '(did you mean "fashion-mnist"?)'],
  [["nonsense"], "unknown command 'nonsense'"],
  [["list", "--wrong"], "unknown option '--wrong'"],
  [["results", "update", "line"], "expected runs of 3 seeds, found 1"],
  [["prove"], "expected a project's name"],
])("%j: one clear line and exit code 2", (args, message) => {
  const { stderr, status } = course(...args);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("    at ");
  expect(status).toBe(2);
});

test("results update refuses runs with uncommitted changes", () => {
  for (const seed of [2, 3]) {
    const run = `20260103-00000${seed}-default-seed${seed}`;
    cpSync(join(root, "runs", "line", "20260102-000000-default-seed1"), join(root, "runs", "line", run), {
      recursive: true,
    });
    const path = join(root, "runs", "line", run, "summary.json");
    const dataset = { name: "d", source: "s", sha256: "0", isSubset: false, train: 1, validation: 1, test: 1 };
    const base = {
      project: "line",
      run,
      status: "finished",
      preset: "default",
      seed,
      backend: "none",
      parameters: 2,
      epochs: 2,
      steps: 4,
    };
    writeFileSync(
      path,
      JSON.stringify({ ...base, dataset, seconds: 1, examplesPerSecond: 1, metrics: {}, baselines: {}, diagnosis: [] }),
    );
  }
  expect(course("results", "update", "line").stderr).toContain(
    "was made with uncommitted changes: commit, then train again",
  );
});

test("results update refuses a run that was resumed with other settings", () => {
  for (const seed of [1, 2, 3]) {
    const run = `20260103-00000${seed}-default-seed${seed}`;
    writeRun(run, 0.1, { seed, forced: ["epochs 2 → 3"] });
    writeFileSync(join(root, "runs", "line", run, "environment.json"), JSON.stringify({ commit: "abc", dirty: false }));
  }
  expect(course("results", "update", "line").stderr).toContain("was resumed with other settings (epochs 2 → 3)");
});

/** Three seeds that `results update` accepts, of two commits. */
function writeMeasuredRuns(preset: string, metrics: Record<string, number>): void {
  const dataset = { name: "d", source: "s", sha256: "0", isSubset: false, train: 1, validation: 1, test: 1 };
  const environment = { dirty: false, node: "v26", processor: "P", cores: 2, platform: "linux" };
  for (const seed of [1, 2, 3]) {
    const run = `20260103-00000${seed}-${preset}-seed${seed}`;
    writeRun(run, 0.5, { preset, seed, dataset, metrics });
    writeFileSync(join(root, "runs", "line", run, "figures", "curve.svg"), `<svg id="${preset}"/>`);
    const commit = seed === 2 ? "bbbbbbbbb" : "aaaaaaaaa";
    writeFileSync(join(root, "runs", "line", run, "environment.json"), JSON.stringify({ ...environment, commit }));
  }
}

/** Empty places for the tables of results. */
function writeReadmes(): void {
  for (const folder of [root, join(root, "projects", "line")])
    writeFileSync(join(folder, "README.md"), "# Line\n<!-- results -->\n<!-- /results -->\n");
}

test("results update: the metrics of full on top, every preset with the commits of its runs, and the README's table", () => {
  writeMeasuredRuns("default", { "test/only": 1 });
  writeMeasuredRuns("full", { "test/loss": 0.125 });
  writeReadmes();
  expect(course("results", "update", "line")).toMatchObject({ status: 0, stderr: "" });
  const { metrics, presets } = readResults(join(root, "projects", "line"));
  expect(metrics).toEqual({ "test/loss": 0.125 });
  expect(presets.default?.environment.commit).toBe("aaaaaaaaa, bbbbbbbbb");
  const readme = readFileSync(join(root, "projects", "line", "README.md"), "utf8");
  expect(readme).toContain("2026-01-03, commits aaaaaaa, bbbbbbb"); // when they ran, not today
  expect(readme).toContain("| **test/loss** | – | 0.1250 |");
});

test("results update: a preset without runs here stays as committed, with its figures", () => {
  const project = join(root, "projects", "line");
  for (const preset of ["default", "full", "wide"]) writeMeasuredRuns(preset, { "test/loss": 0.5 });
  writeReadmes();
  course("results", "update", "line");
  const before = readResults(project);
  rmSync(join(root, "runs", "line"), { recursive: true }); // as in a fresh clone
  expect(course("results", "update", "line")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("no finished"),
  });
  writeMeasuredRuns("default", { "test/loss": 0.25 });
  expect(course("results", "update", "line")).toMatchObject({
    stderr: "",
    stdout: expect.stringContaining("kept as committed, no runs here: full, wide\n"),
  });
  const { metrics, presets } = readResults(project);
  expect(Object.keys(presets)).toEqual(["default", "full", "wide"]);
  expect([presets.full, presets.wide]).toEqual([before.presets.full, before.presets.wide]);
  expect(presets.default?.metrics["test/loss"]?.mean).toBe(0.25);
  expect(metrics).toEqual({ "test/loss": 0.5 });
  const figure = (path: string) => readFileSync(join(project, "results", "figures", path), "utf8");
  expect([figure("curve.svg"), figure("wide/curve.svg")]).toEqual(['<svg id="full"/>', '<svg id="wide"/>']);
});

test("outside the repository it says so", () => {
  rmSync(join(root, "projects"), { recursive: true });
  expect(course("list").stderr).toContain("are you inside the repository?");
});
