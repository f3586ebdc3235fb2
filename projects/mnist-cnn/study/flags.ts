import { join } from "node:path";
import { didYouMean, UserError } from "@course/core";
import { parsePathsAndFlags, resolveUserPath } from "@course/train";

const DATASETS = ["digits", "mnist", "fashion-mnist"] as const;

export interface Flags {
  readonly dataset: (typeof DATASETS)[number];
  readonly epochs: number;
  /** 2 to 10: an interval needs at least two. */
  readonly seeds: readonly number[];
  /** Images kept of the training set; undefined for all. */
  readonly limit: number | undefined;
  /** Receives study-<dataset>.json, .md and .svg. */
  readonly out: string;
}

const DEFAULTS = { dataset: "digits", epochs: "4", seeds: "1,2,3,4,5" };
const STUDY = {
  call: "pnpm --filter mnist-cnn run study",
  does: "What each choice is worth: trains every variant with every seed; stops and goes on where it stopped.",
  flags: {
    dataset: `${DATASETS.join(" | ")} (default ${DEFAULTS.dataset})`,
    epochs: `epochs of each training (default ${DEFAULTS.epochs})`,
    seeds: `2 to 10, a training each, with commas between (default ${DEFAULTS.seeds})`,
    limit: "training images kept (default: all)",
    out: "DIR: where study-<dataset>.json, .md and .svg go (default: results/ of the project)",
  },
};

/** `--dataset digits --epochs 4 --seeds 1,2,3,4,5 --limit 1000 --out DIR`. @throws UserError for anything else. */
export function readFlags(args: readonly string[]): Flags {
  const { dataset, epochs, seeds, limit, out } = { ...DEFAULTS, ...parsePathsAndFlags(args, STUDY).flags };
  const known = DATASETS.find((name) => name === dataset);
  if (!known) throw new UserError(`--dataset: no data set "${dataset}" here${didYouMean(dataset, DATASETS)}`);
  const numbers = [...new Set(seeds.split(",").map((seed) => wholeNumber("seeds", seed)))];
  if (numbers.length < 2 || numbers.length > 10)
    throw new UserError(`--seeds: expected 2 to 10 different seeds, received ${numbers.length}`);
  return {
    dataset: known,
    epochs: wholeNumber("epochs", epochs),
    seeds: numbers,
    limit: limit === undefined ? undefined : wholeNumber("limit", limit),
    out: out === undefined ? join(import.meta.dirname, "..", "results") : resolveUserPath(out),
  };
}

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UserError(`--${flag}: expected a whole number above 0, received "${text}"`);
}
