import { z } from "zod";

const MODELS = ["next-word", "cbow", "skip-gram"] as const;

/** Every setting with the reason for its default; the flags of the command line are made from it. */
export const config = z.strictObject({
  models: z
    .array(z.enum(MODELS))
    .min(1)
    .default([...MODELS])
    .describe("all three learn from the same batches, side by side"),
  minCount: z.int().positive().default(5).describe("a word seen less often has no vector that means something"),
  limit: z.int().min(0).default(0).describe("keeps so many tokens of each split; 0 keeps all"),
  before: z.int().positive().default(4).describe("words that the next-word network sees; more help little"),
  around: z.int().positive().default(2).describe("words on each side that CBOW sees"),
  dimension: z.int().min(2).default(128).describe("numbers in a word's vector"),
  hidden: z.array(z.int().positive()).default([256]).describe("units of each hidden layer, in both networks"),
  dropout: z.number().min(0).lt(1).default(0.15).describe("share of each layer's inputs left out in a step"),
  drawn: z.int().min(0).default(2048).describe("words drawn for a step's softmax; 0: all words, which is slow"),
  fullEpochs: z
    .int()
    .min(0)
    .default(0)
    .describe("last epochs with all words, which make good what drawing leaves biased"),
  learningRate: z.number().positive().default(3e-3).describe("of Adam; falls to 0 along half a cosine"),
  window: z.int().positive().default(3).describe("skip-gram: near words tell what a word does, far ones its topic"),
  negatives: z.int().positive().default(5).describe("skip-gram: drawn pairs for each pair of the text"),
  sample: z.number().positive().default(1e-3).describe("skip-gram: words commoner than this share are thinned out"),
  skipGramRate: z
    .number()
    .min(0)
    .default(0)
    .describe("of plain SGD, falls in the same way; 0: twice word2vec's, or the most that groups of steps bear"),
  batchSize: z.int().positive().default(1024).describe("places of the text in a step: large products are fast"),
  validateEvery: z
    .int()
    .positive()
    .default(4)
    .describe("places of the validation text from one that is read to the next: a curve needs no more"),
  epochs: z.int().positive().default(4).describe("a compromise with time: three models are trained"),
});
export type Config = z.output<typeof config>;
