import type { styleText } from "node:util";
import type { GradeReport, ItemGrade } from "./grade-report.ts";

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const MARKS = { passed: "✓", failed: "✗", "not run": "–" } as const;
const COLOURS = { passed: "green", failed: "red", "not run": "dim" } as const;

/**
 * The report as a table: item, title, points, outcome, and the hint where an item is not passed. A
 * partial run shows only the items that ran, and no score. Plain text unless `paint` adds colour.
 */
export function formatGrade(report: GradeReport, paint: Paint = (_, text) => text): string {
  const items = report.partial === null ? report.items : report.items.filter(({ status }) => status !== "not run");
  const width = Math.max(...report.items.map(({ title }) => title.length));
  const lines = [paint("bold", report.partial === null ? report.project : `${report.project}: partial run`), ""];
  for (const item of items) lines.push(...itemLines(item, { width, paint }));
  lines.push("", scoreLine(report, { width, paint }), ...remarks(report));
  return lines.join("\n");
}

interface Layout {
  readonly width: number;
  readonly paint: Paint;
}

function itemLines({ id, title, points, score, status, reason, hint }: ItemGrade, { width, paint }: Layout): string[] {
  const head = paint(COLOURS[status], `${MARKS[status]} ${id.padEnd(5)}`);
  const line = ` ${head} ${title.padEnd(width)} ${pointsCell(score, points)}  ${reason}`;
  return status === "failed" ? [line, `         ${paint("yellow", "hint:")} ${hint}`] : [line];
}

function scoreLine({ score, points, partial }: GradeReport, { width, paint }: Layout): string {
  if (partial !== null) return ` No score: ${partial}. Run all tests for the score.`;
  const cell = pointsCell(score ?? 0, points);
  return ` ${"".padEnd(7)} ${paint("bold", `${"Score".padEnd(width)} ${cell}`)}`;
}

function pointsCell(score: number, points: number): string {
  return `${`${score}`.padStart(4)}/${`${points}`.padEnd(3)}`;
}

function remarks({ partial, unscoredTests, unknownIds, brokenFiles }: GradeReport): string[] {
  const lines: string[] = [];
  if (brokenFiles.length > 0) lines.push(` Could not be loaded: ${brokenFiles.join(", ")}`);
  if (unknownIds.length > 0) lines.push(` Not in the rubric, so not scored: ${unknownIds.join(", ")}`);
  if (unscoredTests > 0 && partial === null) lines.push(` Tests that belong to no item: ${unscoredTests}`);
  return lines;
}
