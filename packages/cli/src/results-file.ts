import { join } from "node:path";
import { UserError } from "@course/core";
import { readJson } from "@course/train";
import { z } from "zod";

const spread = z.object({ mean: z.number(), sd: z.number(), count: z.number(), values: z.array(z.number()) });

const presetResult = z.object({
  seeds: z.array(z.number()),
  config: z.record(z.string(), z.unknown()),
  dataset: z.object({
    name: z.string(),
    source: z.string(),
    sha256: z.string(),
    train: z.number(),
    validation: z.number(),
    test: z.number(),
  }),
  parameters: z.number(),
  epochs: z.number(),
  metrics: z.record(z.string(), spread),
  baselines: z.record(z.string(), spread),
  seconds: spread,
  examplesPerSecond: spread,
  environment: z.object({
    commit: z.string(), // of runs made with several all of them, in the order of the seeds
    node: z.string(),
    processor: z.string(),
    cores: z.number(),
    platform: z.string(),
  }),
  backend: z.string(),
  measuredOn: z.string(),
});

const schema = z.object({
  project: z.string(),
  metrics: z.record(z.string(), z.number()),
  presets: z.record(z.string(), presetResult),
});

/** A project's `results/summary.json`: its measured runs, by preset, over several seeds. */
export type Results = z.output<typeof schema>;
export type PresetResult = z.output<typeof presetResult>;
export type Spread = z.output<typeof spread>;

export const resultsPath = (projectFolder: string): string => join(projectFolder, "results", "summary.json");

/** @throws UserError if the file is missing or of another form. */
export function readResults(projectFolder: string): Results {
  const path = resultsPath(projectFolder);
  const result = schema.safeParse(readJson(path));
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new UserError(`${path}: ${issue.path.join(".")}: ${issue.message}`);
}
