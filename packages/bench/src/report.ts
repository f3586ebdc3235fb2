import { readFileSync, writeFileSync } from "node:fs";
import type { Standing } from "./contest.ts";

export interface Report {
  readonly measuredOn: string;
  readonly machine: string;
  readonly rounds: number;
  readonly results: { readonly name: string; readonly about: string; readonly standings: readonly Standing[] }[];
}

const README = new URL("../README.md", import.meta.url);
const BEGIN = "<!-- results -->";
const END = "<!-- /results -->";

/** A Markdown table, readable in a terminal too. */
export function reportText({ measuredOn, machine, rounds, results }: Report): string {
  const header = "| benchmark | contender | median ms | best ms | ours ÷ theirs (95 %) |\n|---|---|---|---|---|";
  const rows = results.flatMap(({ name, standings }) =>
    standings.map(({ name: contender, description, median, best, ratio, ratioInterval }, i) => {
      const interval = ratioInterval.map((bound) => bound.toFixed(2)).join("–");
      const against = i === 0 ? "" : `${ratio.toFixed(2)} (${interval})`;
      return `| ${name} | ${contender} (${description}) | ${milliseconds(median)} | ${milliseconds(best)} | ${against} |`;
    }),
  );
  const about = results.map(({ name, about }) => `- ${name}: ${about}`).join("\n");
  return `${[header, ...rows].join("\n")}\n\n${about}\n\n${measuredOn}, ${machine}; ${rounds} rounds, contenders taking turns.`;
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
