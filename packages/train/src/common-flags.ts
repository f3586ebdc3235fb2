import type { Backend } from "./backend.ts";
import type { Trial } from "./trial/trial.ts";

/** The flags that every project has. */
export interface RunOptions {
  readonly preset: string;
  readonly seed: number;
  /** Epochs without improvement after which training stops; 0 never stops it. */
  readonly patience: number;
  /** What takes the place of the training, if anything. */
  readonly trial: Trial["name"] | undefined;
  /** A run's name, `latest`, or undefined for a new run. */
  readonly resume: string | undefined;
  /** Resume in spite of changed settings or data. */
  readonly force: boolean;
  readonly dataFolder: string | undefined;
  /** Where runs go; undefined for `runs/` at the root of the repository. */
  readonly outFolder: string | undefined;
  readonly backend: Backend;
  readonly display: "progress" | "json" | "quiet";
}

export const COMMON_FLAGS = {
  preset: {
    type: "string",
    default: "default",
    help: "smoke (seconds, for CI), default, full (longer), or one of the project's own",
  },
  seed: { type: "string", default: "1", help: "decides split, weights, order, dropout and augmentation" },
  patience: {
    type: "string",
    default: "0",
    help: "stop after so many epochs without improvement and take the best one's weights; 0: never",
  },
  overfit: { type: "boolean", help: "instead of training: can the model learn one batch by heart?" },
  findRate: { type: "boolean", help: "instead of training: at which learning rate does the loss fall steepest?" },
  summary: { type: "boolean", help: "instead of training: the model's layers, parameters and multiply-adds" },
  resume: { type: "string", help: "[run] go on from the run's last checkpoint; the latest run if none is named" },
  force: { type: "boolean", help: "with --resume: go on with other settings or other data than before" },
  data: { type: "string", help: "DIR: your own copy of the data" },
  out: { type: "string", help: "DIR: where runs go (default: runs/ at the root of the repository)" },
  backend: { type: "string", default: "auto", help: "what computes" },
  json: { type: "boolean", help: "one JSON object a line instead of the progress display" },
  quiet: { type: "boolean", help: "only warnings and errors" },
  help: { type: "boolean", help: "this list" },
} as const;
