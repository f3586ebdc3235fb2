import { join } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "@course/core";

export interface Flags {
  readonly epochs: number;
  readonly seeds: readonly number[];
  /** Training and test images kept; undefined for all. */
  readonly limit: number | undefined;
  /** Receives study.json and the folder study/ of figures. */
  readonly out: string;
}

const RESULTS = join(import.meta.dirname, "..", "results");

/** `--epochs 6 --seeds 1,2,3 --limit 6000 --out DIR`. @throws UserError for anything else. */
export function readFlags(args: readonly string[]): Flags {
  const { epochs = "6", seeds = "1,2,3", limit, out = RESULTS } = parse(args);
  return {
    epochs: wholeNumber("epochs", epochs),
    seeds: seeds.split(",").map((seed) => wholeNumber("seeds", seed)),
    limit: limit === undefined ? undefined : wholeNumber("limit", limit),
    out,
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    const own = args[0] === "--" ? args.slice(1) : args; // pnpm passes it on
    return parseArgs({ args: [...own], options: { epochs: text, seeds: text, limit: text, out: text } }).values;
  } catch (cause) {
    throw new UserError(`study: ${(cause as Error).message} (flags: --epochs, --seeds, --limit, --out)`, { cause });
  }
}

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UserError(`--${flag}: expected a whole number above 0, received "${text}"`);
}
