import { join } from "node:path";
import { UserError } from "@course/core";
import { parsePathsAndFlags, resolveUserPath } from "@course/train";

export interface Flags {
  readonly epochs: number;
  readonly seeds: readonly number[];
  /** Training and test images kept; undefined for all. */
  readonly limit: number | undefined;
  /** Receives study.json and the folder study/ of figures. */
  readonly out: string;
}

const DEFAULTS = { epochs: "6", seeds: "1,2,3" };
const STUDY = {
  call: "pnpm --filter mlp-from-scratch run study",
  does: "Trains 11 values of λ and one matched, each with every seed: what L1 and L2 do to the weights.",
  flags: {
    epochs: `epochs of each training (default ${DEFAULTS.epochs})`,
    seeds: `a training each, with commas between (default ${DEFAULTS.seeds})`,
    limit: "training and test images kept (default: all)",
    out: "DIR: where study.json and the figures go (default: results/ of the project)",
  },
};

/** `--epochs 6 --seeds 1,2,3 --limit 6000 --out DIR`. @throws UserError for anything else. */
export function readFlags(args: readonly string[]): Flags {
  const { epochs, seeds, limit, out } = { ...DEFAULTS, ...parsePathsAndFlags(args, STUDY).flags };
  return {
    epochs: wholeNumber("epochs", epochs),
    seeds: seeds.split(",").map((seed) => wholeNumber("seeds", seed)),
    limit: limit === undefined ? undefined : wholeNumber("limit", limit),
    out: out === undefined ? join(import.meta.dirname, "..", "results") : resolveUserPath(out),
  };
}

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UserError(`--${flag}: expected a whole number above 0, received "${text}"`);
}
