import { expect, test } from "vitest";
import { mergeReports } from "../src/merge-reports.ts";
import type { Report } from "../src/report.ts";

const result = (name: string, threads?: number, examples = 1) => ({
  name,
  about: "",
  threads,
  examples,
  standings: [],
});
const old: Report = {
  ...{ measuredOn: "2026-01-01", machine: "m", load: [0, 1], rounds: 40 },
  results: [result("a", 1), result("a", 2), result("b")],
};
const report: Report = {
  ...{ measuredOn: "2026-01-03", machine: "m", load: [0.5, 0.5], rounds: 11 },
  results: [result("a", 2, 9), result("c")],
};

test("what was measured again takes the old one's place, the rest stays; fewest rounds, range of dates, most load", () => {
  const merged = mergeReports(old, report);
  expect(merged.results).toEqual([result("a", 1), result("a", 2, 9), result("b"), result("c")]);
  expect(merged).toMatchObject({ rounds: 11, measuredOn: "2026-01-01 to 2026-01-03", load: [0.5, 1] });
  expect(mergeReports(merged, report).measuredOn).toBe("2026-01-01 to 2026-01-03");
  expect(mergeReports(report, report).measuredOn).toBe("2026-01-03");
});

test("another machine's results are dropped", () => {
  expect(mergeReports({ ...old, machine: "n" }, report)).toEqual(report);
});
