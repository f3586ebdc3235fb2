import { UserError } from "@course/core";
import { parsePathsAndFlags } from "@course/train";

export interface Flags {
  readonly epochs: number;
  readonly seed: number;
  /** Tokens kept of each split; 0 keeps all. */
  readonly limit: number;
}

const DEFAULTS = { epochs: "2", seed: "1", limit: "0" };
const STUDY = {
  call: "pnpm --filter word-embeddings run study",
  does: "Trains three next-word networks on the same batches, into study/three-networks.json.",
  flags: {
    epochs: `epochs of each training (default ${DEFAULTS.epochs})`,
    seed: `decides weights and order (default ${DEFAULTS.seed})`,
    limit: `tokens kept of each split, for a trial that writes no results; 0: all (default ${DEFAULTS.limit})`,
  },
};

/** `--epochs 2 --seed 1 --limit 6000`. @throws UserError for anything else: the study would overwrite its results. */
export function readFlags(args: readonly string[]): Flags {
  const { epochs, seed, limit } = { ...DEFAULTS, ...parsePathsAndFlags(args, STUDY).flags };
  return {
    epochs: wholeNumber("epochs", epochs, 1),
    seed: wholeNumber("seed", seed, 0),
    limit: wholeNumber("limit", limit, 0),
  };
}

function wholeNumber(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= least) return value;
  throw new UserError(`--${flag}: expected a whole number of at least ${least}, received "${text}"`);
}
