import { parseArgs } from "node:util";
import { UserError } from "@course/core";

export interface Flags {
  readonly epochs: number;
  readonly seed: number;
  /** Tokens kept of each split; 0 keeps all. */
  readonly limit: number;
}

/** `--epochs 2 --seed 1 --limit 6000`. @throws UserError for anything else: the study would overwrite its results. */
export function readFlags(args: readonly string[]): Flags {
  const { epochs = "2", seed = "1", limit = "0" } = parse(args);
  return {
    epochs: wholeNumber("epochs", epochs, 1),
    seed: wholeNumber("seed", seed, 0),
    limit: wholeNumber("limit", limit, 0),
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    const own = args[0] === "--" ? args.slice(1) : args; // pnpm passes it on
    return parseArgs({ args: [...own], options: { epochs: text, seed: text, limit: text } }).values;
  } catch (cause) {
    throw new UserError(`study: ${(cause as Error).message} (flags: --epochs, --seed, --limit)`, { cause });
  }
}

function wholeNumber(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= least) return value;
  throw new UserError(`--${flag}: expected a whole number of at least ${least}, received "${text}"`);
}
