import { z } from "zod";
import { MODELS } from "./model.ts";

/** Every setting with the reason for its default; the flags of the command line are made from it. */
export const config = z.strictObject({
  dataset: z
    .enum(["digits", "mnist", "folder"])
    .default("digits")
    .describe("to be had everywhere; folder: own scenes, with --data, whose number, objects and classes are theirs"),
  classes: z.int().min(2).max(10).default(2).describe("zeros and ones, as the course has it; 10: all digits"),
  objects: z.int().min(1).max(6).default(3).describe("most digits in a scene, one in a cell; none is possible, too"),
  scenes: z
    .int()
    .positive()
    .default(10_000)
    .describe("training scenes of an epoch, composed anew in each: nothing to overfit to"),
  heldOut: z.int().positive().default(1_000).describe("validation scenes; twice as many test, with some 3,000 digits"),
  model: z.enum(MODELS).default("residual").describe("the best one; conv-a, -b and -c are the baselines"),
  boxWeight: z.number().positive().default(5).describe("of the boxes' term: what is measured is precise edges"),
  learningRate: z
    .number()
    .positive()
    .default(2e-3)
    .describe("constant, then falling straight to 0 over the last two fifths"),
  weightDecay: z.number().min(0).default(0.01).describe("AdamW's usual one"),
  batchSize: z.int().positive().default(32).describe("twice the steps of 64 in nearly the same time"),
  epochs: z.int().positive().default(6).describe("a compromise with time; boxes still get better in full"),
});
export type Config = z.output<typeof config>;
