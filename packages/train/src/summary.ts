import { join } from "node:path";
import { UserError } from "@course/core";
import { z } from "zod";
import { findingSchema } from "./doctor/finding.ts";
import { readJson } from "./files.ts";
import { TRIAL_NAMES } from "./trial/trial.ts";

const scalars = z.record(z.string(), z.number());

/** `summary.json`: what tables, tests and graders read of a run. */
export const summarySchema = z.object({
  project: z.string(),
  run: z.string(),
  status: z.enum(["running", "finished", "interrupted", "failed"]),
  preset: z.string(),
  seed: z.number(),
  backend: z.string(),
  dataset: z
    .object({
      name: z.string(),
      source: z.string(),
      sha256: z.string(),
      isSubset: z.boolean(),
      train: z.number(),
      validation: z.number(),
      test: z.number(),
    })
    .optional(),
  parameters: z.number(),
  epochs: z.number(),
  steps: z.number(),
  /** The epoch after which `--patience` ended the training. */
  stoppedEarly: z.number().optional(),
  /** What `--resume --force` changed on the way: "learningRate 0.05 → 0.1". */
  forced: z.array(z.string()).optional(),
  /** Wall-clock seconds of all parts of the run, evaluation and figures included. */
  seconds: z.number(),
  /** Training examples by the seconds spent in training steps. */
  examplesPerSecond: z.number(),
  metrics: scalars,
  baselines: scalars,
  /** What the training doctor found; empty if it has nothing to say. */
  diagnosis: z.array(findingSchema),
  /** `--overfit` or another trial: the run was no training, and its metrics are no result. */
  trial: z.object({ name: z.enum(TRIAL_NAMES), passed: z.boolean(), verdict: z.string() }).optional(),
  error: z.string().optional(),
});

export type Summary = z.output<typeof summarySchema>;
export type DatasetSummary = NonNullable<Summary["dataset"]>;

/** @throws UserError if the folder holds no summary or one of an unknown form. */
export function readSummary(runFolder: string): Summary {
  const path = join(runFolder, "summary.json");
  const result = summarySchema.safeParse(readJson(path));
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new UserError(`${path}: ${issue.path.join(".")}: ${issue.message} (written by another version?)`);
}
