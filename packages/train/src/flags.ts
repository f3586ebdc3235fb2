import { UserError } from "@course/core";
import type { Backend } from "./backend.ts";
import type { COMMON_FLAGS, RunOptions } from "./common-flags.ts";
import { type Experiment, presetConfig } from "./experiment.ts";
import { convertFlag, fieldsOf, readFlags, wholeNumber } from "./flag-values.ts";
import { TRIAL_NAMES } from "./trial/trial.ts";

type GivenFlags = Readonly<Record<string, unknown>>;

export interface ParsedFlags {
  readonly config: Record<string, unknown>;
  readonly options: RunOptions;
  /** What the command line itself says of seed, preset, patience, backend and config, for comparison with a run to resume. */
  readonly given: GivenFlags;
}

/** Every setting of a run from its command line, or "help". @throws UserError with one line. */
export function parseFlags(experiment: Experiment, args: readonly string[]): ParsedFlags | "help" {
  const fields = fieldsOf(experiment);
  const given = readFlags(fields, args);
  if (given.help === true) return "help";
  const options = readOptions(experiment, given);
  const own = Object.entries(fields).filter(([key]) => given[key] !== undefined);
  const overrides = Object.fromEntries(own.map(([key, field]) => [key, convertFlag(`--${key}`, given[key], field)]));
  const config = checkConfig(experiment, { ...presetConfig(experiment, options.preset), ...overrides });
  for (const key of ["preset", "seed", "patience", "backend"] as const)
    if (given[key] !== undefined) overrides[key] = options[key];
  return { config, options, given: overrides };
}

function readOptions(experiment: Experiment, given: GivenFlags): RunOptions {
  const text = (name: keyof typeof COMMON_FLAGS, fallback: string) => String(given[name] ?? fallback);
  const backend = text("backend", "auto");
  if (!(experiment.backends as readonly string[]).includes(backend))
    throw new UserError(
      `--backend: ${experiment.name} runs on ${experiment.backends.join(", ")}, received "${backend}"`,
    );
  const patience = wholeNumber("--patience", text("patience", "0"));
  if (patience < 0) throw new UserError(`--patience: expected a number of epochs from 0 up, received ${patience}`);
  const resume = given.resume as string | undefined;
  const force = given.force === true;
  if (force && resume === undefined) throw new UserError("--force: means something with --resume only");
  return {
    preset: text("preset", "default"),
    seed: wholeNumber("--seed", text("seed", "1")),
    patience,
    trial: readTrial(given),
    resume,
    force,
    dataFolder: given.data as string | undefined,
    outFolder: given.out as string | undefined,
    backend: backend as Backend,
    display: given.json ? "json" : given.quiet ? "quiet" : "progress",
  };
}

function readTrial(given: GivenFlags): RunOptions["trial"] {
  const [trial, other] = TRIAL_NAMES.filter((name) => given[name] === true);
  if (other) throw new UserError(`--${trial} and --${other}: each is a run of its own, choose one`);
  if (trial && given.resume !== undefined)
    throw new UserError(`--${trial}: takes the place of training, so there is nothing to --resume`);
  return trial;
}

/** Defaults filled in and every value checked. @throws UserError that names the first wrong key. */
export function checkConfig(experiment: Experiment, config: Record<string, unknown>): Record<string, unknown> {
  const result = experiment.config.strict().safeParse(config);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const key = String(issue.path[0] ?? (issue.code === "unrecognized_keys" ? issue.keys[0] : ""));
  throw new UserError(`--${key}: ${issue.message}, received ${JSON.stringify(config[key])}`);
}
