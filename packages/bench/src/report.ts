import { readFileSync, writeFileSync } from "node:fs";
import { kernelTable, standingsTable } from "./report-tables.ts";
import type { Result } from "./result.ts";

export interface Report {
  readonly measuredOn: string;
  readonly machine: string;
  /** Mean number of processes that wanted to run, over the minute before the first and the last contest. */
  readonly load: readonly [before: number, after: number];
  readonly rounds: number;
  readonly results: readonly Result[];
}

const README = new URL("../README.md", import.meta.url);
const BEGIN = "<!-- results -->";
const END = "<!-- /results -->";

/** Markdown, readable in a terminal too. */
export function reportText({ measuredOn, machine, load, rounds, results }: Report): string {
  const whole = results.filter(({ group }) => group === undefined);
  const parts = Map.groupBy(
    results.filter(({ group }) => group !== undefined),
    ({ group, threads }) => `${group}, ${threads ?? 1} ${threads === 2 ? "threads" : "thread"}`,
  );
  const tables = [
    ...(whole.length > 0 ? [standingsTable(whole)] : []),
    ...[...parts].map(([title, group]) => kernelTable(title, group)),
  ];
  const about = unique(results.map(({ name, about }) => `- ${name}: ${about}`));
  const contenders = unique(
    results.flatMap(({ standings }) => standings.map(({ name, description }) => `${name} (${description})`)),
  );
  const busy = load.map((value) => value.toFixed(1)).join(" and ");
  return [
    ...tables,
    about.join("\n"),
    `Contenders: ${contenders.join("; ")}.`,
    `${measuredOn}, ${machine}; load average before and after ${busy}; at most ${rounds} rounds, contenders taking turns.`,
  ].join("\n\n");
}

const unique = (lines: readonly string[]): string[] => [...new Set(lines)];

/** Shows the report between the README's two marks. */
export function writeReadmeTable(report: Report): void {
  const readme = readFileSync(README, "utf8");
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md: expected the marks ${BEGIN} and ${END}`);
  writeFileSync(README, `${readme.slice(0, begin + BEGIN.length)}\n${reportText(report)}\n${readme.slice(end)}`);
}
