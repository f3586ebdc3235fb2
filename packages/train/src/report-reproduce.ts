import { type Experiment, presetConfig } from "./experiment.ts";
import { escapeHtml } from "./report-html.ts";
import type { Summary } from "./summary.ts";

interface Reproduced {
  readonly summary: Summary;
  readonly config: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, unknown>>;
  /** The run's `config.json`. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The commands that make this run again, from its commit on; what differs from the preset is spelt out. */
export function reproduceCommands(experiment: Experiment, run: Reproduced): string {
  const { commit, dirty } = run.environment;
  const lines = [...(typeof commit === "string" ? [`git checkout ${commit}`] : []), trainCommand(experiment, run)];
  const lacks = [
    ...(dirty === true ? ["The run was made with uncommitted changes, which these commands lack."] : []),
    ...(run.summary.forced?.length ? ["Its settings were changed on the way: these are the last ones."] : []),
  ];
  return `<pre>${escapeHtml(lines.join("\n"))}</pre>${lacks.map((line) => `<p class="note">${line}</p>`).join("")}`;
}

/** `pnpm --filter mnist-cnn run train --preset full --seed 2 --epochs 30` */
export function trainCommand(experiment: Experiment, { summary, config, settings }: Omit<Reproduced, "environment">) {
  const preset = experiment.config.parse(presetConfig(experiment, summary.preset)) as Record<string, unknown>;
  const changed = Object.entries(config).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(preset[key]),
  );
  const common = ["backend", "patience"].filter((key) => settings[key] && settings[key] !== "auto");
  const flags = [
    `--preset ${summary.preset} --seed ${summary.seed}`,
    ...common.map((key) => `--${key} ${settings[key]}`),
    ...(summary.trial ? [`--${summary.trial.name}`] : []),
    ...changed.map(([key, value]) => flagOf(key, value)),
  ];
  return `pnpm --filter ${experiment.name} run train ${flags.join(" ")}`;
}

function flagOf(key: string, value: unknown): string {
  if (typeof value === "boolean") return value ? `--${key}` : `--no-${key}`;
  const text = String(value); // a list becomes a,b
  return `--${key} ${/^[\w.,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`}`;
}
