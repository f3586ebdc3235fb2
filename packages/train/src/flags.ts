import { parseArgs } from "node:util";
import { didYouMean, UserError } from "@course/core";
import { z } from "zod";
import { type Backend, type Experiment, presetConfig } from "./experiment.ts";

/** The flags that every project has. */
export interface RunOptions {
  readonly preset: string;
  readonly seed: number;
  /** A run's name, `latest`, or undefined for a new run. */
  readonly resume: string | undefined;
  readonly dataFolder: string | undefined;
  /** Where runs go; undefined for `runs/` at the root of the repository. */
  readonly outFolder: string | undefined;
  readonly backend: Backend;
  readonly display: "progress" | "json" | "quiet";
}

interface FieldSchema {
  readonly type?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly items?: FieldSchema;
}

const COMMON = {
  preset: {
    type: "string",
    default: "default",
    help: "smoke (seconds, for CI), default, full (the README's result), or one of the project's own",
  },
  seed: { type: "string", default: "1", help: "decides split, weights, order, dropout and augmentation" },
  resume: { type: "string", help: "[run] go on from the run's last checkpoint; the latest run if none is named" },
  data: { type: "string", help: "DIR: your own copy of the data" },
  out: { type: "string", help: "DIR: where runs go (default: runs/ at the root of the repository)" },
  backend: { type: "string", default: "auto", help: "what computes" },
  json: { type: "boolean", help: "one JSON object a line instead of the progress display" },
  quiet: { type: "boolean", help: "only warnings and errors" },
  help: { type: "boolean", help: "this list" },
} as const;

export interface ParsedFlags {
  readonly config: Record<string, unknown>;
  readonly options: RunOptions;
  /** What the command line itself says of seed, preset and config, for comparison with a run to resume. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** Every setting of a run from its command line, or "help". @throws UserError with one line. */
export function parseFlags(experiment: Experiment, args: readonly string[]): ParsedFlags | "help" {
  const fields = fieldsOf(experiment);
  const given = readFlags(fields, args);
  if (given.help === true) return "help";
  const text = (name: keyof typeof COMMON, fallback: string) => String(given[name] ?? fallback);
  const preset = text("preset", "default");
  const own = Object.entries(fields).filter(([key]) => given[key] !== undefined);
  const overrides = Object.fromEntries(own.map(([key, field]) => [key, convert(`--${key}`, given[key], field)]));
  const config = { ...presetConfig(experiment, preset), ...overrides };
  const backend = text("backend", "auto");
  if (!(experiment.backends as readonly string[]).includes(backend))
    throw new UserError(
      `--backend: ${experiment.name} runs on ${experiment.backends.join(", ")}, received "${backend}"`,
    );
  const options: RunOptions = {
    preset,
    seed: wholeNumber("--seed", text("seed", "1")),
    resume: given.resume as string | undefined,
    dataFolder: given.data as string | undefined,
    outFolder: given.out as string | undefined,
    backend: backend as Backend,
    display: given.json ? "json" : given.quiet ? "quiet" : "progress",
  };
  if (given.preset !== undefined) overrides.preset = options.preset;
  if (given.seed !== undefined) overrides.seed = options.seed;
  return { config: checkConfig(experiment, config), options, given: overrides };
}

/** Defaults filled in and every value checked. @throws UserError that names the first wrong key. */
export function checkConfig(experiment: Experiment, config: Record<string, unknown>): Record<string, unknown> {
  const result = experiment.config.strict().safeParse(config);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const key = String(issue.path[0] ?? (issue.code === "unrecognized_keys" ? issue.keys[0] : ""));
  throw new UserError(`--${key}: ${issue.message}, received ${JSON.stringify(config[key])}`);
}

/** The text of `--help`: every flag with type, default and the reason for it. */
export function helpText(experiment: Experiment): string {
  const rows = Object.entries(fieldsOf(experiment)).map(([key, field]) => {
    const type = field.enum ? field.enum.join(" | ") : (field.type ?? "value");
    return [`--${key} ${type}`, `${field.description} (default ${JSON.stringify(field.default)})`];
  });
  const common = Object.entries(COMMON).map(([key, flag]) => {
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

function fieldsOf(experiment: Experiment): Record<string, FieldSchema> {
  return (z.toJSONSchema(experiment.config, { io: "input" }).properties ?? {}) as Record<string, FieldSchema>;
}

function readFlags(fields: Record<string, FieldSchema>, args: readonly string[]): Record<string, unknown> {
  const options = Object.fromEntries([
    ...Object.entries(fields).map(([key, { type }]) => [key, { type: type === "boolean" ? "boolean" : "string" }]),
    ...Object.entries(COMMON).map(([key, { type }]) => [key, { type }]),
  ]) as Record<string, { type: "string" | "boolean" }>;
  const { values, tokens, positionals } = parseArgs({
    args: withResumeValue(args[0] === "--" ? args.slice(1) : args),
    options,
    strict: false,
    allowNegative: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const name = token.name.replace(/^no-/, "");
    if (!(name in options))
      throw new UserError(`${token.rawName}: no such flag${didYouMean(name, Object.keys(options))}`);
    if (options[name]!.type === "string" && (token.value === undefined || token.value.startsWith("--")))
      throw new UserError(`--${name}: expected a value, received none`);
    if (options[name]!.type === "boolean" && token.value !== undefined)
      throw new UserError(`--${name}: takes no value (--${name} or --no-${name}), received "${token.value}"`);
  }
  if (positionals.length > 0) throw new UserError(`"${positionals[0]}": expected a flag such as --epochs (see --help)`);
  return values;
}

/** `--resume` may stand alone: it then means the latest run. */
function withResumeValue(args: readonly string[]): string[] {
  return args.map((arg, i) => {
    const next = args[i + 1];
    return arg === "--resume" && (next === undefined || next.startsWith("--")) ? "--resume=latest" : arg;
  });
}

function convert(flag: string, value: unknown, { type, enum: choices, items }: FieldSchema): unknown {
  if (type === "array")
    return String(value)
      .split(",")
      .map((item) => convert(flag, item, items ?? {}));
  if (type !== "number" && type !== "integer") {
    if (choices && !choices.includes(value))
      throw new UserError(`${flag}: expected one of ${choices.join(", ")}, received "${value}"`);
    return value;
  }
  const number = Number(value);
  const isWhole = type !== "integer" || Number.isInteger(number);
  if (value === "" || !Number.isFinite(number) || !isWhole)
    throw new UserError(`${flag}: expected ${type === "integer" ? "a whole number" : "a number"}, received "${value}"`);
  return number;
}

function wholeNumber(flag: string, value: string): number {
  return convert(flag, value, { type: "integer" }) as number;
}
