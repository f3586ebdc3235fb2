import { z } from "zod";

/** Every setting with the reason for its default; the flags of the command line are made from it. */
export const config = z.strictObject({
  level: z.enum(["word", "character"]).default("word").describe("what a token is"),
  model: z
    .enum(["lstm", "gru"])
    .default("lstm")
    .describe("gru: three gates' work instead of four; choose by validation"),
  length: z.enum(["short", "long"]).default("short").describe("short is default, long is full; sets epochs, dropout"),
  epochs: z.int().min(0).default(0).describe("0: what the level and length need, see RECIPES"),
  units: z.int().min(0).default(0).describe("memory of the network; 0: 256 for words, 320 or 512 for characters"),
  time: z.int().min(0).default(0).describe("tokens that a gradient goes back; 0: 32 words, 48 characters"),
  dropout: z.number().min(-1).lt(1).default(-1).describe("share of inputs and outputs left out; -1: see RECIPES"),
  learningRate: z.number().min(0).default(0).describe("at its highest; 0: see RECIPES"),
  batchSize: z.int().min(0).default(0).describe("streams read side by side; 0: 24 for words, 36 for characters"),
  minCount: z.int().positive().default(5).describe("a rarer word is <unk>: nothing could be learnt about it"),
  limit: z.int().min(0).default(0).describe("characters of text kept in each split; 0 keeps all"),
});
export type Config = z.output<typeof config>;

export interface Plan {
  readonly units: number;
  /** Numbers in a token's vector; where as many as units, input and output share one table (Press & Wolf, 2017). */
  readonly embedding: number;
  readonly epochs: number;
  readonly dropout: number;
  readonly time: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Tokens drawn for a sampled softmax; 0: always all tokens. */
  readonly draws: number;
  /** Share of the steps with a sampled softmax; the last steps make good what it left biased. */
  readonly sampled: number;
}

type ByLength = "epochs" | "dropout" | "units" | "learningRate" | "sampled";
type Level = Omit<Plan, ByLength | "embedding"> & { readonly embedding: number | "units" } & Record<
    Config["length"],
    Pick<Plan, ByLength>
  >;

const RECIPES: Readonly<Record<Config["level"], Level>> = {
  word: {
    ...{ embedding: "units", time: 32, batchSize: 24 }, // few epochs: small batches, many steps
    draws: 2000, // 7,423 logits for each word would be two thirds of the work
    short: { units: 256, epochs: 2, dropout: 0.1, learningRate: 8e-3, sampled: 0.875 }, // two thousand steps: large ones
    long: { units: 256, epochs: 10, dropout: 0.3, learningRate: 5e-3, sampled: 0.75 }, // the more epochs, the more there is to overfit
  },
  character: {
    ...{ embedding: 64, time: 48, batchSize: 36 }, // 36 rows fill the tiles of both cores' products
    draws: 0, // some fifty logits cost nothing
    short: { units: 320, epochs: 1, dropout: 0, learningRate: 8e-3, sampled: 0 }, // five minutes; one epoch does not overfit
    long: { units: 512, epochs: 3, dropout: 0.1, learningRate: 4e-3, sampled: 0 }, // half an hour on two cores
  },
};

/** The level's recipe with what the command line changes. */
export function planOf({ level, length, ...given }: Config): Plan {
  const { short, long, embedding, ...recipe } = RECIPES[level];
  const plan = { ...recipe, ...(length === "short" ? short : long) };
  const isGiven = ([key, value]: [string, unknown]) => key in plan && value !== (key === "dropout" ? -1 : 0);
  const changed = { ...plan, ...Object.fromEntries(Object.entries(given).filter(isGiven)) };
  return { ...changed, embedding: embedding === "units" ? changed.units : embedding };
}
