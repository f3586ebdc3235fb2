import { z } from "zod";

/** Every setting with the reason for its default; the flags of the command line are made from it. */
export const config = z.strictObject({
  model: z
    .string()
    .default("")
    .describe("folder of a saved network, as of a run of mnist-cnn; none: trains a small one"),
  dataset: z
    .enum(["digits", "mnist", "fashion-mnist"])
    .default("digits")
    .describe("to be had everywhere; of a saved network, its own"),
  limit: z.int().min(0).default(0).describe("keeps so many training and test images; 0 keeps all"),
  features: z
    .array(z.int().positive())
    .default([16, 32, 64])
    .describe("filters of each convolution; later ones see more"),
  learningRate: z
    .number()
    .positive()
    .default(1e-2)
    .describe("high, as batch norm allows; falls to 0 along half a cosine"),
  batchSize: z.int().positive().default(64).describe("small enough for helpful noise, large enough for speed"),
  epochs: z.int().positive().default(8).describe("until the network is good: a map of a bad one explains little"),
  layer: z.string().default("").describe("name of the layer to look from; none: the last convolution"),
  images: z
    .int()
    .positive()
    .default(200)
    .describe("test images whose maps are measured: more make the intervals narrower, and take longer"),
  steps: z.int().positive().default(28).describe("steps of a deletion curve: of 28 pixels each on 28×28"),
  shade: z.number().min(0).max(1).default(0.5).describe("covers pixels: grey hides ink and paper, black only ink"),
  patch: z.int().positive().default(7).describe("side of the square of the occlusion map: about a stroke's end"),
  stride: z.int().positive().default(2).describe("pixels from square to square: a finer map is slower"),
});
export type Config = z.output<typeof config>;
