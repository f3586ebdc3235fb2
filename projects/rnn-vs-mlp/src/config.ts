import { z } from "zod";

export const MODELS = ["mlp", "mlp-deep", "gru", "bilstm", "attention"] as const;
export type ModelName = (typeof MODELS)[number];

/** Every setting with the reason for its default; the flags of the command line are made from it. */
export const config = z.strictObject({
  model: z
    .enum(["all", ...MODELS])
    .default("all")
    .describe("all: side by side on the same batches"),
  context: z.int().positive().default(10).describe("tokens on each side: with 5, the subject is often further away"),
  vectors: z
    .string()
    .default("")
    .describe("a run of word-embeddings, a .safetensors file, or counted; empty: the latest run, or counted"),
  dimension: z.int().positive().default(128).describe("of counted vectors; those of a run have their own"),
  hidden: z.int().positive().default(256).describe("units of a perceptron's layer"),
  units: z
    .int()
    .positive()
    .multipleOf(2)
    .default(128)
    .describe("memory of each GRU; an LSTM that reads both ways has half of it"),
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .default(0.5)
    .describe("share of values left out before the last layer: 41,000 gaps are few"),
  learningRate: z.number().positive().default(3e-3).describe("at its highest; falls to 0 along half a cosine"),
  warmup: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.1)
    .describe("share of the steps in which the rate climbs: without it most units of mlp die"),
  batchSize: z.int().positive().default(128).describe("a recurrent step works on all rows at once"),
  epochs: z.int().positive().default(4).describe("a compromise with time: five models are trained"),
  limit: z.int().min(0).default(0).describe("characters of text kept in each split; 0 keeps all"),
});
export type Config = z.output<typeof config>;
