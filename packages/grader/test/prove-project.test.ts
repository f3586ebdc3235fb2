import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { formatProof, proveProject } from "../src/index.ts";
import { type Changes, replaced, tinyProject } from "./tiny-project.ts";

/** Where the proof makes its copies, so that a test sees what it leaves behind. */
let temporary: ReturnType<typeof tinyProject>;

beforeEach(() => {
  temporary = tinyProject();
  vi.stubEnv("TMPDIR", join(temporary.root, "tmp"));
  mkdirSync(join(temporary.root, "tmp"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  temporary[Symbol.dispose]();
});

const leftovers = () => readdirSync(join(temporary.root, "tmp"));

async function prove(changes: Changes) {
  using project = tinyProject(changes, temporary.root);
  return await proveProject(project.folder);
}

test("a sound project: reference 100, starter 0, project untouched, nothing left behind", async () => {
  const { folder } = temporary;
  const before = snapshot(folder);
  const report = await proveProject(folder);
  expect(report.problems).toEqual([]);
  expect([report.reference?.score, report.starter?.score]).toEqual([100, 0]);
  expect(report.seconds).toBeLessThan(20);
  expect(formatProof(report)).toMatch(/^tiny-line: proven \(reference 100\/100, starter 0\/100, \d+\.\d s\)$/);
  expect(snapshot(folder)).toEqual(before);
  expect(leftovers()).toEqual([]);
});

test("tests that pass without the solution, titles that name no item, a marker that survives", async () => {
  const { problems } = await prove({
    "src/kernel.js": "// #solution 1.1 a\n// #end\n",
    "test/line.test.ts": (text) =>
      text
        .replace(".toEqual([y])", ".toBeDefined()")
        .replace("expect([...predict(", "expect(() => [...predict(")
        .replace('test("hand-worked"', 'test("1.22 hand-worked"'),
  });
  expect(problems).toEqual([
    'tests: 1.22 begins a title but is not in the rubric (did you mean "1.2"?)',
    "starter: 1.1 Prediction: earned without the solution (2 tests passed)",
    "starter: 1.2 Mean squared error: earned without the solution (1 test passed)",
    "starter: src/kernel.js: a marker is left in it",
  ]);
});

test("a starter that does not type-check, an item without a test, a metric that is missed", async () => {
  const report = await prove({
    "src/line.ts": replaced("  let sum = 0;\n  // #solution 1.2 add", "  // #solution 1.2 add"),
    "test/line.test.ts": replaced('"1.1 predicts', '"predicts'),
    "results/summary.json": '{ "metrics": { "test/error": 0.5 } }',
  });
  const { problems } = report;
  expect(problems).toHaveLength(4);
  expect(problems[0]).toBe("reference: 1.1 Prediction: no test carries this id");
  expect(problems[1]).toMatch(/^reference: 1\.2 Mean squared error: 1 of 2 tests failed/);
  expect(problems[2]).toBe(
    "reference: 2.1 Fits the points: test/error 0.5, expected at most 0.000001 (results/summary.json)",
  );
  expect(problems[3]).toMatch(
    /^starter: does not type-check\nsrc\/line\.ts\(\d+,10\): error TS2304: Cannot find name 'sum'/,
  );
});

test("a metric that nobody has measured yet is named, and is no problem", async () => {
  using project = tinyProject({}, temporary.root);
  rmSync(join(project.folder, "results"), { recursive: true });
  const report = await proveProject(project.folder);
  expect(report.problems).toEqual([]);
  expect(report.reference?.score).toBeLessThan(100);
  expect(formatProof(report)).toMatch(/\n {2}not measured yet, no results\/summary\.json: 2\.1$/);
});

test("a starter whose tests cannot be loaded", async () => {
  const { problems } = await prove({
    "src/train.ts": (text) => `${text}\npredict({ slope: 1, intercept: 0 }, train.x);\n`,
    "test/setup.test.ts": (text) => `import "../src/train.ts";\n${text}`,
  });
  expect(problems).toEqual([
    "starter: test/setup.test.ts cannot be loaded, so it guides nobody (does an import throw?)",
  ]);
});

test("a reference whose unscored test fails", async () => {
  const { problems } = await prove({ "test/setup.test.ts": replaced('"predict"]', '"predicts"]') });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^reference: vitest failed outside the rubric\n/);
});

test("a project without the reporter", async () => {
  const { problems } = await prove({ "vitest.config.ts": replaced(', "@course/grader/reporter"', "") });
  expect(problems[0]).toMatch(
    /^reference: no score \(does vitest\.config\.ts list the reporter @course\/grader\/reporter\?\)/,
  );
});

test.each<[string, Changes, string]>([
  ["a broken rubric", { "rubric.ts": replaced("points: 40", "points: 41") }, "expected a sum of 100, received 101"],
  ["a block that cuts a statement", { "src/line.ts": replaced("  let sum = 0;\n", "  let sum =\n") }, "does not parse"],
  ["a tsconfig.json with comments", { "tsconfig.json": "{ // x\n}" }, "expected plain JSON without comments"],
])("%s: one problem, no tests run, nothing left behind", async (_, changes, message) => {
  const report = await prove(changes);
  expect(report.problems).toEqual([expect.stringContaining(message)]);
  expect(report.reference).toBeUndefined();
  expect(formatProof(report)).toContain("tiny-line: 1 problem (reference not run, starter not run");
  expect(leftovers()).toEqual([]);
});

test("told to stop: it ends its tools and leaves nothing behind", async () => {
  const script = `
    import { proveProject } from ${JSON.stringify(join(import.meta.dirname, "../src/index.ts"))};
    console.log((await proveProject(process.argv[1])).problems.join());`;
  const child = execFile(process.execPath, ["--input-type=module", "--eval", script, temporary.folder]);
  let output = "";
  child.stdout?.on("data", (text: string) => (output += text));
  await vi.waitUntil(() => leftovers().length > 0, { timeout: 20_000 });
  child.kill("SIGTERM");
  await new Promise((done) => child.once("close", done));
  expect(output.trim()).toBe("the proof was stopped before its end");
  expect(leftovers()).toEqual([]);
});

/** Path and time of change of every file of the project itself. */
/** What the project consists of; behind node_modules lie packages that may be built at this moment. */
function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.startsWith("node_modules"))
    .map((path) => `${path} ${statSync(join(folder, path)).mtimeMs}`)
    .sort();
}
