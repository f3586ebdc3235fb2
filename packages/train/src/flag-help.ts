import { COMMON_FLAGS } from "./common-flags.ts";
import type { Experiment } from "./experiment.ts";
import { fieldsOf } from "./flag-values.ts";

/** The text of `--help`: every flag with type, default and the reason for it. */
export function helpText(experiment: Experiment): string {
  const rows = Object.entries(fieldsOf(experiment)).map(([key, field]) => {
    const type = field.enum ? field.enum.join(" | ") : (field.type ?? "value");
    return [`--${key} ${type}`, `${field.description} (default ${JSON.stringify(field.default)})`];
  });
  const common = Object.entries(COMMON_FLAGS).map(([key, flag]) => {
    const choices = key === "backend" ? `${flag.help}: ${experiment.backends.join(", ")}` : flag.help;
    return [`--${key}`, "default" in flag ? `${choices} (default ${flag.default})` : choices];
  });
  const width = Math.max(...[...rows, ...common].map(([flag]) => flag!.length)) + 2;
  const lines = (all: (string | undefined)[][]) =>
    all.map(([flag, help]) => `  ${flag!.padEnd(width)}${help}`).join("\n");
  const presets = Object.entries(experiment.presets)
    .map(([name, values]) => `  ${name.padEnd(width)}${JSON.stringify(values)}`)
    .join("\n");
  return `${experiment.name}: ${experiment.task}\n\nSettings\n${lines(rows)}\n\nEvery project\n${lines(common)}\n\nPresets differ from the defaults in\n${presets}\n`;
}
