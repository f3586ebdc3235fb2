import { expect, test } from "vitest";
import { z } from "zod";
import { helpText } from "../src/flag-help.ts";
import { parseFlags } from "../src/flags.ts";
import { defineExperiment } from "../src/index.ts";
import { lineExperiment } from "./fixtures/line-experiment.ts";

const experiment = lineExperiment as never;
const parse = (...args: string[]) => {
  const parsed = parseFlags(experiment, args);
  if (parsed === "help") throw new Error("unexpected help");
  return parsed;
};

test("defaults, then the preset, then flags", () => {
  expect(parse().config).toMatchObject({ epochs: 3, learningRate: 0.05, hidden: [4, 2], mode: "fast" });
  expect(parse("--preset", "full").config.epochs).toBe(6);
  expect(parse("--preset=full", "--epochs", "9").config.epochs).toBe(9);
});

test("values become what the schema says", () => {
  const { config, options } = parse("--hidden", "8,3", "--shout", "--learningRate=1e-2", "--seed", "7", "--json");
  expect(config).toMatchObject({ hidden: [8, 3], shout: true, learningRate: 0.01 });
  expect(options).toMatchObject({ seed: 7, display: "json", preset: "default", backend: "auto" });
  expect(parse("--no-shout").config.shout).toBe(false);
});

test("the -- that pnpm passes through is ignored", () => expect(parse("--", "--epochs", "2").config.epochs).toBe(2));

test("--resume alone means the latest run", () => {
  expect(parse("--resume").options.resume).toBe("latest");
  expect(parse("--resume", "--quiet").options).toMatchObject({ resume: "latest", display: "quiet" });
  expect(parse("--resume", "20260101-1").options.resume).toBe("20260101-1");
  expect(parse().options.resume).toBeUndefined();
});

test.each([
  [["--epoch", "3"], '--epoch: no such flag (did you mean "epochs"?)'],
  [["--learning-rate", "3"], '--learning-rate: no such flag (did you mean "learningRate"?)'],
  [["--epochs", "abc"], '--epochs: expected a whole number, received "abc"'],
  [["--epochs", "2.5"], '--epochs: expected a whole number, received "2.5"'],
  [["--epochs", ""], '--epochs: expected a whole number, received ""'],
  [["--epochs"], "--epochs: expected a value, received none"],
  [["--epochs", "0"], "--epochs: Too small: expected number to be >0, received 0"],
  [["--learningRate", "-1"], "--learningRate: Too small"],
  [["--learningRate", "11"], "--learningRate: Too big"],
  [["--learningRate", "Infinity"], '--learningRate: expected a number, received "Infinity"'],
  [["--hidden", "4,x"], '--hidden: expected a whole number, received "x"'],
  [["--mode", "medium"], '--mode: expected one of fast, slow, received "medium"'],
  [["--shout=yes"], '--shout: takes no value (--shout or --no-shout), received "yes"'],
  [["--preset", "ful"], '--preset: expected a preset, received "ful" (did you mean "full"?)'],
  [["--seed", "x"], '--seed: expected a whole number, received "x"'],
  [["--backend", "native"], '--backend: line runs on auto, received "native"'],
  [["--patience", "-1"], "--patience: expected a number of epochs from 0 up, received -1"],
  [["--force"], "--force: means something with --resume only"],
  [["--overfit", "--findRate"], "--overfit and --findRate: each is a run of its own, choose one"],
  [["--overfit", "--resume"], "--overfit: takes the place of training, so there is nothing to --resume"],
  [["train"], '"train": expected a flag such as --epochs (see --help)'],
])("%j gets one clear line", (args, message) => expect(() => parse(...args)).toThrow(message));

test("help lists every flag with type, default and reason", () => {
  expect(parseFlags(experiment, ["--help"])).toBe("help");
  const help = helpText(experiment);
  for (const flag of [
    "epochs",
    "learningRate",
    "hidden",
    "mode",
    "preset",
    "seed",
    "patience",
    "overfit",
    "findRate",
    "summary",
    "resume",
    "force",
    "data",
    "out",
    "backend",
    "json",
    "quiet",
  ])
    expect(help).toContain(`--${flag}`);
  expect(help).toContain("stable for inputs in [−1, 1] (default 0.05)");
  expect(help).toContain("fast | slow");
});

test("a definition is checked when it is made", () => {
  const base = { ...lineExperiment, presets: { smoke: {}, full: {} } };
  const without = (config: z.ZodObject) => () => defineExperiment({ ...base, config } as never);
  expect(without(z.strictObject({ a: z.number().default(1) }))).toThrow('config key "a" needs .describe');
  expect(without(z.strictObject({ a: z.number().describe("x") }))).toThrow("every config key needs a default");
  const patience = z.strictObject({ patience: z.number().default(1).describe("x") });
  expect(without(patience)).toThrow('config key "patience" is a flag of every project: rename it');
  expect(() => defineExperiment({ ...lineExperiment, presets: { smoke: { epochs: 0 }, full: {} } })).toThrow(
    'preset "smoke"',
  );
});
