import { type Rubric, type RubricItem, TOTAL_POINTS } from "../rubric/rubric.ts";
import type { GradeReport, ItemGrade, TestCounts } from "./grade-report.ts";
import type { MeasuredMetric } from "./measured-metric.ts";

/** A test that vitest knows of, whether it ran or not. */
export interface TestOutcome {
  /** Titles from the outermost `describe` to the test's own. */
  readonly titles: readonly string[];
  readonly state: keyof TestCounts;
}

export interface TestRun {
  readonly outcomes: readonly TestOutcome[];
  /** Test files that could not be imported, with the rubric ids that their text names. */
  readonly brokenFiles: readonly { readonly file: string; readonly ids: readonly string[] }[];
  /** Why not all tests ran; null if all did. */
  readonly partial: string | null;
}

/**
 * Scores a test run by rubric item. An item passes if every test that carries its id passed, none
 * was skipped, no broken file names it, and its metric (where it has one) reached the threshold. An
 * item with neither test nor metric fails. A partial run has no score and looks at no metric.
 */
export function gradeItems(
  rubric: Rubric,
  { outcomes, brokenFiles, partial }: TestRun,
  measure: (item: RubricItem) => MeasuredMetric | undefined,
): GradeReport {
  const ids = outcomes.map(({ titles }) => rubricIdOf(titles));
  const items = rubric.items.map((item): ItemGrade => {
    const { id, title, points, hint } = item;
    const tests = countStates(outcomes.filter((_, i) => ids[i] === id));
    const broken = brokenFiles.filter((file) => file.ids.includes(id)).map(({ file }) => file);
    const metric = partial === null ? measure(item) : undefined;
    const { status, reason } = judge({ tests, broken, metric, isPartial: partial !== null });
    return { id, title, points, score: status === "passed" ? points : 0, status, reason, hint, tests };
  });
  const known = new Set(rubric.items.map(({ id }) => id));
  return {
    project: rubric.project,
    kind: "self",
    score: partial === null ? items.reduce((sum, { score }) => sum + score, 0) : null,
    points: TOTAL_POINTS,
    partial,
    items,
    unscoredTests: ids.filter((id) => id === undefined || !known.has(id)).length,
    unknownIds: [...new Set(ids)].filter((id) => id !== undefined && !known.has(id)) as string[],
    brokenFiles: brokenFiles.map(({ file }) => file),
  };
}

/** The id at the start of the innermost title that begins with one ("2.1 hand-worked forward"). */
export function rubricIdOf(titles: readonly string[]): string | undefined {
  const ids = titles.map((title) => /^([1-9]\d*\.[1-9]\d*)(?=[\s:,]|$)/.exec(title)?.[1]);
  return ids.findLast((id) => id !== undefined);
}

interface Evidence {
  readonly tests: TestCounts;
  readonly broken: readonly string[];
  readonly metric: MeasuredMetric | undefined;
  readonly isPartial: boolean;
}

function judge({ tests, broken, metric, isPartial }: Evidence): Pick<ItemGrade, "status" | "reason"> {
  const { passed, failed, skipped } = tests;
  const ran = passed + failed;
  if (broken.length > 0) return { status: "failed", reason: `${broken.join(", ")} could not be loaded` };
  if (failed > 0) return { status: "failed", reason: `${failed} of ${countTests(ran + skipped)} failed` };
  if (isPartial && passed === 0) return { status: "not run", reason: "not run" };
  if (skipped > 0 && !isPartial)
    return { status: "failed", reason: `${skipped} of ${countTests(ran + skipped)} did not run` };
  if (metric && !metric.isReached) return { status: "failed", reason: metric.description };
  if (metric) return { status: "passed", reason: metric.description };
  return passed > 0
    ? { status: "passed", reason: `${countTests(passed)} passed` }
    : { status: "failed", reason: "no test carries this id" };
}

function countStates(outcomes: readonly TestOutcome[]): TestCounts {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { state } of outcomes) counts[state]++;
  return counts;
}

function countTests(count: number): string {
  return count === 1 ? "1 test" : `${count} tests`;
}
