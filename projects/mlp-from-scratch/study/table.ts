import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exitOnUserError } from "@course/core";
import { parsePathsAndFlags, readJson, replaceFile } from "@course/train";

interface Spread {
  readonly mean: number;
  readonly sd: number;
}

interface Setting {
  readonly lambda: number;
  readonly trainLoss: Spread;
  readonly validationLoss: Spread;
  readonly nearZero: Spread;
  readonly exactlyZero: Spread;
}

interface Study {
  readonly epochs: number;
  readonly seeds: readonly number[];
  readonly none: Setting;
  readonly pair: { readonly l1: Setting; readonly l2: Setting; readonly nearZeroRatio: number };
}

const ROOT = join(import.meta.dirname, "..");
const [BEGIN, END] = ["<!-- study -->", "<!-- /study -->"];

function studyTable({ epochs, seeds, none, pair }: Study): string {
  const cell = ({ mean, sd }: Spread) => `${mean.toFixed(4)} ± ${sd.toFixed(4)}`;
  const row = (name: string, { trainLoss, validationLoss, nearZero, exactlyZero }: Setting) =>
    `| ${[name, ...[trainLoss, validationLoss, nearZero, exactlyZero].map(cell)].join(" | ")} |`;
  const header =
    "| | training loss | validation loss | share of weights below 1e-3 | exactly 0 |\n| --- | --- | --- | --- | --- |";
  const rows = [row("none", none), row(`L1 ${pair.l1.lambda}`, pair.l1), row(`L2 ${pair.l2.lambda}`, pair.l2)];
  const ratio = pair.nearZeroRatio.toFixed(1);
  return `${header}\n${rows.join("\n")}\n\nL1 has ${ratio} times L2's share near zero. Mean ± sd of seeds ${seeds.join(", ")}, ${epochs} epochs.`;
}

await exitOnUserError(async () => {
  parsePathsAndFlags(process.argv.slice(2), {
    call: "pnpm --filter mlp-from-scratch run study:table",
    does: "Writes the table of the study into the README, from results/study.json.",
    flags: {},
  });
  const path = join(ROOT, "README.md");
  const readme = readFileSync(path, "utf8");
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${path}: expected the marks ${BEGIN} and ${END}`);
  const table = studyTable(readJson(join(ROOT, "results", "study.json")) as Study);
  replaceFile(path, `${readme.slice(0, begin + BEGIN.length)}\n${table}\n${readme.slice(end)}`);
});
