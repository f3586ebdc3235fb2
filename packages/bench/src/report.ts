import { readFileSync, writeFileSync } from "node:fs";
import type { Standing } from "./contest.ts";

export interface Report {
  readonly measuredOn: string;
  readonly machine: string;
  readonly rounds: number;
  readonly results: Result[];
}

export interface Result {
  readonly name: string;
  readonly about: string;
  /** Training examples in one time, if it is a training step or epoch. */
  readonly examples?: number | undefined;
  readonly standings: readonly Standing[];
}

const README = new URL("../README.md", import.meta.url);
const BEGIN = "<!-- results -->";
const END = "<!-- /results -->";

/** A Markdown table, readable in a terminal too. */
export function reportText({ measuredOn, machine, rounds, results }: Report): string {
  const header =
    "| benchmark | contender | median ms | best ms | ours ÷ theirs (95 %) | examples/s | peak MiB |\n|---|---|---|---|---|---|---|";
  const rows = results.flatMap(({ name, standings, examples }) =>
    standings.map((standing, i) => `| ${[name, ...cells(standing, i === 0, examples)].join(" | ")} |`),
  );
  const about = results.map(({ name, about }) => `- ${name}: ${about}`).join("\n");
  return `${[header, ...rows].join("\n")}\n\n${about}\n\n${measuredOn}, ${machine}; ${rounds} rounds, contenders taking turns.`;
}

function cells(standing: Standing, isOurs: boolean, examples: number | undefined): string[] {
  const { name, description, median, best, ratio, ratioInterval, peakMebibytes } = standing;
  const interval = ratioInterval.map((bound) => bound.toFixed(2)).join("–");
  return [
    `${name} (${description})`,
    milliseconds(median),
    milliseconds(best),
    isOurs ? "" : `${ratio.toFixed(2)} (${interval})`,
    examples === undefined ? "" : ((examples / median) * 1000).toFixed(0),
    peakMebibytes?.toFixed(0) ?? "",
  ];
}

/** Shows the report between the README's two marks. */
export function writeReadmeTable(report: Report): void {
  const readme = readFileSync(README, "utf8");
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md: expected the marks ${BEGIN} and ${END}`);
  writeFileSync(README, `${readme.slice(0, begin + BEGIN.length)}\n${reportText(report)}\n${readme.slice(end)}`);
}

function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
