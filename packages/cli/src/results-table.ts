import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import { replaceFile } from "@course/train";
import type { PresetResult, Results, Spread } from "./results-file.ts";
import { markdownTable } from "./table.ts";

const BEGIN = "<!-- results -->";
const END = "<!-- /results -->";

/** Puts the measured table into the project's README. @throws UserError if it has no marks for it. */
export function writeResultsTable(projectFolder: string, results: Results): void {
  replaceMarked(join(projectFolder, "README.md"), resultsMarkdown(results));
}

/** Replaces what stands between the two marks of a Markdown file. @throws UserError if it has none. */
export function replaceMarked(path: string, content: string): void {
  const text = readFileSync(path, "utf8");
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new UserError(`${path}: expected the marks ${BEGIN} and ${END}, found none`);
  replaceFile(path, `${text.slice(0, begin + BEGIN.length)}\n${content}\n${text.slice(end)}`);
}

/** One column a preset; the machine and the commit below. */
export function resultsMarkdown({ presets }: Results): string {
  const columns = Object.entries(presets);
  const row = (label: string, cell: (result: PresetResult) => string) => [
    label,
    ...columns.map(([, result]) => cell(result)),
  ];
  const names = (key: "metrics" | "baselines") => [
    ...new Set(columns.flatMap(([, result]) => Object.keys(result[key]))),
  ];
  const rows = [
    ...names("metrics").map((name) => row(`**${name}**`, ({ metrics }) => formatSpread(metrics[name]))),
    ...names("baselines").map((name) => row(`baseline: ${name}`, ({ baselines }) => formatSpread(baselines[name]))),
    row("training examples", ({ dataset }) => dataset.train.toLocaleString("en")),
    row("epochs", ({ epochs }) => String(epochs)),
    row("parameters", ({ parameters }) => parameters.toLocaleString("en")),
    row("seconds", ({ seconds: { mean, sd, count } }) => mean.toFixed(1) + (count > 1 ? ` ± ${sd.toFixed(1)}` : "")),
    row("examples per second", ({ examplesPerSecond: { mean } }) => Math.round(mean).toLocaleString("en")),
  ];
  const notes = columns.map(([preset, result]) => `${preset}: ${describeMeasurement(result)}`).join("; ");
  return `${markdownTable(["mean ± sd", ...columns.map(heading)], rows)}\n\nMeasured: ${notes}.`;
}

function heading([preset, { seeds }]: [string, PresetResult]): string {
  return `${preset} (${formatSeeds(seeds.length)})`;
}

/** `0.9750 ± 0.0018`; a mean too small for four places as `1.6e-5 ± 4.1e-6`. */
export function formatSpread(spread: Spread | undefined): string {
  if (!spread) return "–";
  const { mean, sd } = spread;
  const isSmall = mean !== 0 && Math.abs(mean) < 1e-3;
  const [middle, width] = [mean, sd].map((value) => (isSmall ? value.toExponential(1) : value.toFixed(4)));
  return sd === 0 ? middle! : `${middle} ± ${width}`;
}

export const formatSeeds = (count: number): string => `${count} ${count === 1 ? "seed" : "seeds"}`;

function describeMeasurement({ seeds, environment, measuredOn, dataset, backend }: PresetResult): string {
  const { processor, cores, node } = environment;
  const commits = environment.commit.split(", ").map((commit) => commit.slice(0, 7));
  return `${seeds.length === 1 ? "seed" : "seeds"} ${seeds.join(", ")} on ${dataset.name}, ${backend}, ${processor} (${cores} cores), Node ${node}, ${measuredOn}, ${commits.length === 1 ? "commit" : "commits"} ${commits.join(", ")}`;
}
