import { z } from "zod";
import { MODELS } from "./model.ts";

/** Every setting with the reason for its default; the flags of the command line are made from it. */
export const config = z.strictObject({
  dataset: z
    .enum(["digits", "mnist", "folder"])
    .default("digits")
    .describe("to be had everywhere; folder: own scenes, with --data, whose number is theirs"),
  scenes: z
    .int()
    .positive()
    .default(10_000)
    .describe("training scenes of an epoch, composed anew in each: nothing to overfit to"),
  heldOut: z.int().positive().default(2_000).describe("validation scenes; twice as many test"),
  warp: z.number().min(0).max(7).default(3).describe("pixels by which a training digit is bent; 7,201 digits are few"),
  model: z.enum(MODELS).default("residual").describe("the best one; lenet-a, -b and -c are the course's baselines"),
  boxLoss: z.enum(["giou", "mse"]).default("giou").describe("what is measured is an overlap; mse is the course's"),
  learningRate: z
    .number()
    .positive()
    .default(1.5e-3)
    .describe("constant, then falling straight to 0 in the last quarter"),
  weightDecay: z.number().min(0).default(0.01).describe("AdamW's usual one"),
  batchSize: z.int().positive().default(32).describe("small: twice as many updates in the same time as 64"),
  epochs: z.int().positive().default(5).describe("a compromise with time; boxes still get better in full"),
});
export type Config = z.output<typeof config>;
