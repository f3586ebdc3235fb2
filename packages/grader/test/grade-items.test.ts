import { expect, test } from "vitest";
import { formatGrade, gradeItems, type Rubric, rubricIdOf, type TestOutcome, type TestRun } from "../src/index.ts";

const hint = "Look again.";
const rubric: Rubric = {
  project: "mini",
  editable: ["src/a.ts"],
  items: [
    { id: "1.1", title: "Forward", points: 20, hint },
    { id: "1.10", title: "Backward pass", points: 30, hint },
    { id: "2.1", title: "Trains", points: 50, hint, metric: { name: "test/accuracy", atLeast: 0.9 } },
  ],
};
const passes = (...titles: string[]): TestOutcome => ({ titles, state: "passed" });
const reached = { isReached: true, description: "test/accuracy 0.91, expected at least 0.9 (results/summary.json)" };
const missed = { isReached: false, description: "no finished run has test/accuracy yet: train first" };

function grade(
  outcomes: TestOutcome[],
  { metric = reached, ...run }: Partial<TestRun> & { metric?: typeof reached } = {},
) {
  return gradeItems(rubric, { outcomes, brokenFiles: [], partial: null, ...run }, (item) => item.metric && metric);
}

const all = [passes("1.1 a"), passes("1.1 b"), passes("1.10 c")];

test("all tests passed and the metric reached: all points", () => {
  const report = grade(all);
  expect(report).toMatchObject({ project: "mini", kind: "self", score: 100, points: 100, unscoredTests: 0 });
  expect(report.items.map(({ id, score, status }) => [id, score, status])).toEqual([
    ["1.1", 20, "passed"],
    ["1.10", 30, "passed"],
    ["2.1", 50, "passed"],
  ]);
});

test.each<[string, TestOutcome[], string]>([
  ["one of its tests failed", [...all, { titles: ["1.1 z"], state: "failed" }], "1 of 3 tests failed"],
  ["one of its tests did not run", [...all, { titles: ["1.1 z"], state: "skipped" }], "1 of 3 tests did not run"],
  ["it has no test", [passes("1.10 c"), passes("1.11 c"), passes("11.1 c")], "no test carries this id"],
])("an item earns nothing if %s", (_, outcomes, reason) => {
  const report = grade(outcomes);
  expect(report.items[0]).toMatchObject({ score: 0, status: "failed", reason });
  expect(report.score).toBe(80);
});

test("a metric that is not reached earns nothing, also where the item's tests pass", () => {
  expect(grade([...all, passes("2.1 loss falls")], { metric: missed }).items[2]).toMatchObject({
    score: 0,
    reason: missed.description,
  });
});

test("a metric item with tests needs both", () =>
  expect(grade([...all, { titles: ["2.1 loss falls"], state: "failed" }]).items[2]).toMatchObject({ score: 0 }));

test("an item named in a file that could not be loaded earns nothing", () => {
  const report = grade(all, { brokenFiles: [{ file: "test/b.test.ts", ids: ["1.1"] }] });
  expect(report.score).toBe(80);
  expect(report.items[0]!.reason).toBe("test/b.test.ts could not be loaded");
});

test("a partial run has no score, and items that did not run are not failed", () => {
  const report = grade(
    [passes("1.1 a"), { titles: ["1.1 b"], state: "skipped" }, { titles: ["1.10 c"], state: "skipped" }],
    {
      partial: "only tests whose names match /a/ ran",
    },
  );
  expect(report.score).toBeNull();
  expect(report.items.map(({ status }) => status)).toEqual(["passed", "not run", "not run"]);
});

test("tests of no item are counted, unknown ids are named", () => {
  const report = grade([...all, passes("shapes"), passes("9.9 a"), passes("9.9 b")]);
  expect(report).toMatchObject({ score: 100, unscoredTests: 3, unknownIds: ["9.9"] });
});

test.each([
  [["2.1 forward"], "2.1"],
  [["2.1"], "2.1"],
  [["2.1: forward"], "2.1"],
  [["2.1 dense", "forward"], "2.1"],
  [["2.1 dense", "2.2 forward"], "2.2"],
  [["2.10 forward"], "2.10"],
  [["dense 2.1"], undefined],
  [["2.1x faster"], undefined],
  [["2.1.3 forward"], undefined],
  [["0.5 is the mean"], undefined],
  [[], undefined],
])("the id of %j is %s", (titles, id) => expect(rubricIdOf(titles)).toBe(id));

test("the table shows outcome, points, reason, and the hint only where it helps", () => {
  const report = grade([...all, { titles: ["1.10 z"], state: "failed" }, passes("x"), passes("9.9 y")]);
  expect(formatGrade(report).split("\n")).toEqual([
    "mini",
    "",
    " ✓ 1.1   Forward         20/20   2 tests passed",
    " ✗ 1.10  Backward pass    0/30   1 of 2 tests failed",
    "         hint: Look again.",
    " ✓ 2.1   Trains          50/50   test/accuracy 0.91, expected at least 0.9 (results/summary.json)",
    "",
    "         Score           70/100",
    " Not in the rubric, so not scored: 9.9",
    " Tests that belong to no item: 2",
  ]);
});

test("the table of a partial run shows what ran and no score", () => {
  expect(
    formatGrade(grade([passes("1.1 a"), passes("x")], { partial: "1 of 2 test files did not run" })).split("\n"),
  ).toEqual([
    "mini: partial run",
    "",
    " ✓ 1.1   Forward         20/20   1 test passed",
    "",
    " No score: 1 of 2 test files did not run. Run all tests for the score.",
  ]);
});

test("colour goes through paint only", () => {
  const painted = formatGrade(grade(all), (style, text) => `<${String(style)}>${text}</>`);
  expect(painted).toContain("<green>✓ 1.1  </> Forward");
  expect(painted.replaceAll(/<[a-z]*>|<\/>/g, "")).toBe(formatGrade(grade(all)));
});
