import type { MeanInterval, Row } from "./statistics.ts";

const HEADER = ["what", "change", "accuracy", "effect", "95 % interval", "", "parameters", "seconds"];

/** The rows as a Markdown table: accuracies and effects in the unit of accuracy, 0 to 1. */
export function studyTable(rows: readonly Row[]): string {
  const cells = rows.map(({ axis, name, accuracy, effect, verdict, parameters, seconds }) => [
    axis,
    name,
    `${accuracy.mean.toFixed(4)} ± ${accuracy.sd.toFixed(4)}`,
    effect ? signed(effect.mean) : "",
    effect ? intervalText(effect) : "",
    verdict,
    parameters.toLocaleString("en"),
    seconds.toFixed(1),
  ]);
  const lines = [HEADER, HEADER.map((_, i) => (i > 5 ? "--:" : "---")), ...cells];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function intervalText({ low, high }: MeanInterval): string {
  return `${signed(low)} to ${signed(high)}`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
}
