import { didYouMean, UserError } from "@course/core";
import type { z } from "zod";
import type { Backend } from "./backend.ts";
import { COMMON_FLAGS } from "./common-flags.ts";
import type { Run } from "./run.ts";

/** What a run ends with. Keys are `split/name`: `test/accuracy`. */
export interface Outcome {
  readonly metrics: Readonly<Record<string, number>>;
  /** What the trivial rules reach on the same examples: name → the value of the reference's metric; the strongest comes last. */
  readonly baselines?: Readonly<Record<string, number>>;
}

/** What others reached, on the same data. */
export interface Reference {
  readonly metric: string;
  readonly value: number;
  /** Who measured it, and how. */
  readonly source: string;
}

interface Presets<Settings> {
  readonly smoke: Settings;
  readonly full: Settings;
  readonly [name: string]: Settings;
}

export interface ExperimentDefinition<Schema extends z.ZodObject> {
  /** The project's folder name. */
  readonly name: string;
  /** One line: what is learnt from what. */
  readonly task: string;
  /** A strict object; each key has a default and a description that gives its reason. */
  readonly config: Schema;
  /** What differs from the defaults; `default` is the schema's own. Further ones name another task on the same code. */
  readonly presets: Presets<Partial<z.output<Schema>>>;
  /** Which checkpoint is the best one. */
  readonly monitor: { readonly metric: string; readonly mode: "max" | "min" };
  /** The result to beat: that of `full`. */
  readonly reference?: Reference;
  /** The results to beat for presets of the project's own, by their names. */
  readonly references?: Readonly<Record<string, Reference>>;
  /** The backends that the project can run on; a from-scratch project has one. */
  readonly backends?: readonly Backend[];
  run(config: z.output<Schema>, run: Run): Promise<Outcome>;
}

export interface Experiment<Schema extends z.ZodObject = z.ZodObject> extends ExperimentDefinition<Schema> {
  readonly backends: readonly Backend[];
}

/** Checks a definition early: every key has a default and a reason, every preset fits the schema. */
export function defineExperiment<Schema extends z.ZodObject>(
  definition: ExperimentDefinition<Schema>,
): Experiment<Schema> {
  const { name, config, presets } = definition;
  for (const [key, field] of Object.entries(config.shape)) {
    if (key in COMMON_FLAGS) throw new Error(`${name}: config key "${key}" is a flag of every project: rename it`);
    if (!(field as z.ZodType).description)
      throw new Error(`${name}: config key "${key}" needs .describe("its reason")`);
  }
  if (!config.safeParse({}).success) throw new Error(`${name}: every config key needs a default`);
  for (const [preset, values] of Object.entries(presets)) {
    const result = config.strict().safeParse(values);
    if (!result.success) throw new Error(`${name}: preset "${preset}": ${result.error.issues[0]?.message}`);
  }
  return { backends: ["auto"], ...definition };
}

/** What a run of this preset is compared with, and the preset whose result it is. */
export function referenceOf(
  { reference, references = {} }: Experiment,
  preset: string,
): (Reference & { readonly preset: string }) | undefined {
  if (Object.hasOwn(references, preset)) return { ...references[preset]!, preset };
  return reference && ["smoke", "default", "full"].includes(preset) ? { ...reference, preset: "full" } : undefined;
}

/** The settings of a preset before any flag. @throws UserError if the project has none of this name. */
export function presetConfig({ presets }: Experiment, preset: string): Record<string, unknown> {
  if (preset === "default") return {};
  const names = ["default", ...Object.keys(presets)];
  if (!Object.hasOwn(presets, preset))
    throw new UserError(`--preset: expected a preset, received "${preset}"${didYouMean(preset, names)}`);
  return { ...presets[preset] };
}
