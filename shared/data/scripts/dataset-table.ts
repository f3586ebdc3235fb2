/**
 * Writes the table of data sets into README.md, from the catalogue.
 *
 *     node scripts/dataset-table.ts && biome check --write README.md
 */
import { readFileSync, writeFileSync } from "node:fs";
import { datasets, type Entry, type Source } from "../src/index.ts";
import { describeSource } from "../src/sources/describe.ts";

const README = new URL("../README.md", import.meta.url);
const BEGIN = "<!-- data sets: begin -->";
const END = "<!-- data sets: end -->";

/** README's text with the table renewed. @throws Error where its two marks are missing. */
export function withDatasetTable(readme: string): string {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`README.md: expected ${BEGIN} and ${END}`);
  const head = "| name | what | with the internet | from a package registry only | licence |\n|---|---|---|---|---|";
  return [before, BEGIN, "\n", [head, ...datasets.map(row)].join("\n"), "\n", END, after].join("");
}

function row(entry: Entry): string {
  const isUpstream = ({ kind }: Source) => kind === "url" || kind === "archive";
  const held = entry.sources.filter(({ kind }) => kind === "asset");
  const local = held.length > 0 ? held : entry.sources.filter((source) => !isUpstream(source));
  const online = entry.sources.filter(isUpstream);
  const without = [...local.map(describeSource), ...(entry.subset ? [`else ${entry.subset.about}`] : [])];
  const cells = [
    `\`${entry.name}\``,
    `${entry.title}: ${entry.counts}`,
    online.map(describeSource).join(", ") || "the same",
    without.join("; ") || "not to be had: a folder of the user's",
    entry.licence,
  ];
  return `| ${cells.join(" | ")} |`;
}

if (import.meta.main) writeFileSync(README, withDatasetTable(readFileSync(README, "utf8")));
