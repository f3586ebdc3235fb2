import { join } from "node:path";
import { parseArgs } from "node:util";
import { didYouMean, UserError } from "@course/core";
import { resolveUserPath } from "@course/train";

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

/** `--dataset digits --epochs 4 --seeds 1,2,3,4,5 --limit 1000 --out DIR`. @throws UserError for anything else. */
export function readFlags(args: readonly string[]): Flags {
  const { dataset = "digits", epochs = "4", seeds = "1,2,3,4,5", limit, out } = parse(args);
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

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = { dataset: text, epochs: text, seeds: text, limit: text, out: text };
  try {
    const own = args[0] === "--" ? args.slice(1) : args; // pnpm passes it on
    return parseArgs({ args: [...own], options }).values;
  } catch (cause) {
    const flags = Object.keys(options).map((name) => `--${name}`);
    throw new UserError(`study: ${(cause as Error).message} (flags: ${flags.join(", ")})`, { cause });
  }
}

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UserError(`--${flag}: expected a whole number above 0, received "${text}"`);
}
