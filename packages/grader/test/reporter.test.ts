import { expect, test } from "vitest";
import { runVitest } from "./run-vitest.ts";
import { replaced, tinyProject } from "./tiny-project.ts";

const CONTROL_CODE = "\u001b";

test("the reference: full score, plain text where there is no terminal", async () => {
  using project = tinyProject();
  const { exitCode, output, report } = await runVitest(project.folder);
  expect(exitCode).toBe(0);
  expect(report).toMatchObject({ project: "tiny-line", score: 100, partial: null, unscoredTests: 1 });
  expect(output).toContain(" ✓ 1.1   Prediction           30/30   2 tests passed");
  expect(output).toContain("         Score               100/100");
  expect(output).not.toContain(CONTROL_CODE);
});

test("colour where it is asked for", async () => {
  using project = tinyProject();
  const { output } = await runVitest(project.folder, [], { NO_COLOR: undefined, FORCE_COLOR: "1" });
  expect(output).toContain(`${CONTROL_CODE}[32m✓ 1.1`);
});

test("a wrong answer loses its item's points and gets the hint; vitest's exit code stays 1", async () => {
  using project = tinyProject({ "src/line.ts": replaced(") ** 2", ")") });
  const { exitCode, output, report } = await runVitest(project.folder);
  expect(exitCode).toBe(1);
  expect(report?.score).toBe(60);
  expect(output).toContain(
    " ✗ 1.2   Mean squared error    0/40   1 of 2 tests failed\n         hint: Square before you add up.",
  );
});

test("skipped, to-do and unchosen tests earn nothing, though vitest exits 0", async () => {
  using project = tinyProject({
    "test/line.test.ts": (text) =>
      text
        .replace('test("hand-worked"', 'test.skip("hand-worked"')
        .replace("test.each", 'test.todo("1.1 more");\ntest.each'),
  });
  const { exitCode, report } = await runVitest(project.folder);
  expect(exitCode).toBe(0);
  expect(report?.items.map(({ score, reason }) => [score, reason])).toEqual([
    [0, "1 of 3 tests did not run"],
    [0, "1 of 2 tests did not run"],
    [30, expect.stringContaining("results/summary.json")],
  ]);
});

test.each([
  ["by name", ["-t", "1.1"], "only tests whose names match /1.1/ ran"],
  ["by file", ["test/line"], "1 of 2 test files did not run"],
  ["by line", ["test/line.test.ts:4"], "only chosen tests of a file ran"],
])("a run filtered %s is partial and has no score", async (_, args, reason) => {
  using project = tinyProject();
  const { output, report } = await runVitest(project.folder, args);
  expect(report).toMatchObject({ score: null, partial: reason });
  expect(output).toContain(`No score: ${reason}. Run all tests for the score.`);
  expect(output).not.toMatch(/Score +\d/);
});

test("a test file that cannot be loaded takes its items along", async () => {
  using project = tinyProject({ "test/more.test.ts": 'import "./missing.ts";\ntest("1.1 more", () => {});\n' });
  const { output, report } = await runVitest(project.folder);
  expect(report).toMatchObject({ score: 70, brokenFiles: ["test/more.test.ts"] });
  expect(output).toContain("Could not be loaded: test/more.test.ts");
});

test("a broken rubric is one line, and vitest's own result stands", async () => {
  using project = tinyProject({ "rubric.ts": replaced("points: 40", "points: 41") });
  const { exitCode, output, report } = await runVitest(project.folder);
  expect(exitCode).toBe(0);
  expect(output).toMatch(/no score: .*rubric of tiny-line: points: expected a sum of 100, received 101/);
  expect(report).toBeUndefined();
});
