import { didYouMean } from "@course/core";
import type { Rubric } from "../rubric/rubric.ts";
import type { TestsRun, ToolRun } from "./run-tool.ts";

/**
 * What is wrong with the reference's test run: it must earn every item, and no test may fail.
 *
 * @param unmeasured ids of the items whose metric nobody has measured yet: these it need not earn.
 */
export function judgeReference(rubric: Rubric, run: TestsRun, unmeasured: readonly string[]): string[] {
  if (!run.report) return [noReport("reference", run)];
  const { items, partial, unknownIds } = run.report;
  const problems = partial === null ? [] : [`reference: not all tests ran: ${partial}`];
  const lost = items.filter(({ id, status }) => status !== "passed" && !unmeasured.includes(id));
  problems.push(...lost.map(({ id, title, reason }) => `reference: ${id} ${title}: ${reason}`));
  const ids = rubric.items.map(({ id }) => id);
  problems.push(
    ...unknownIds.map((id) => `tests: ${id} begins a title but is not in the rubric${didYouMean(id, ids)}`),
  );
  if (problems.length === 0 && !run.hasSucceeded)
    problems.push(`reference: vitest failed outside the rubric\n${run.output}`);
  return problems;
}

/** What is wrong with the starter's test run: each test file must load, and no item may be earned. */
export function judgeStarter(run: TestsRun): string[] {
  if (!run.report) return [noReport("starter", run)];
  const { items, brokenFiles } = run.report;
  const broken = brokenFiles.map(
    (file) => `starter: ${file} cannot be loaded, so it guides nobody (does an import throw?)`,
  );
  const earned = items.filter(({ score }) => score > 0);
  return [
    ...broken,
    ...earned.map(({ id, title, reason }) => `starter: ${id} ${title}: earned without the solution (${reason})`),
  ];
}

export function judgeTypes({ hasSucceeded, output }: ToolRun): string[] {
  return hasSucceeded ? [] : [`starter: does not type-check\n${output}`];
}

function noReport(which: string, { output }: TestsRun): string {
  return `${which}: no score (does vitest.config.ts list the reporter @course/grader/reporter?)\n${output}`;
}
