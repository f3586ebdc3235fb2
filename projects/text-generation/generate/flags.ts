import { parseArgs } from "node:util";
import { UserError } from "@course/core";
import { z } from "zod";

const number = z.coerce.number();
const settings = z.strictObject({
  prompt: z.string().default("").describe("what the text begins with"),
  run: z.string().optional().describe("name of a run; left out, the latest that finished and is no smoke run"),
  out: z.string().optional().describe("folder of the runs, if another than runs/"),
  method: z.enum(["sample", "greedy", "beam"]).default("sample").describe("sample, greedy or beam"),
  temperature: number.positive().default(0.8).describe("sample: above 1 bolder, near 0 as greedy"),
  topK: number.int().min(0).default(0).describe("sample: draws from so many tokens; 0: from all"),
  topP: number.gt(0).max(1).default(0.95).describe("sample: draws from the likeliest with this share; 1: from all"),
  width: number.int().min(1).max(256).default(8).describe("beam: texts kept at each step"),
  lengthPenalty: number.min(0).default(0.7).describe("beam: 0 is the sum of log p, 1 its mean per token"),
  block: number
    .int()
    .min(0)
    .optional()
    .describe("so many words or marks in a row come only once; 0: as often as they like (default 4)"),
  length: number.int().min(1).max(10_000).optional().describe("tokens to write (default 60 words or 240 characters)"),
  sentence: z.boolean().default(false).describe("stops after the first . ! or ? (by characters after mr., too)"),
  count: number.int().min(1).max(1000).default(1).describe("texts to write; greedy has one, a beam at most its width"),
  seed: number.int().default(1).describe("sample: another seed, other texts"),
});
export type Settings = Omit<z.output<typeof settings>, "prompt" | "run" | "out">;

/** The text of `--help`: a line for each flag. */
export function flagHelp(): string {
  const lines = Object.entries(settings.shape).map(([name, type]) => {
    const value = type.safeParse(undefined).data;
    const standard = value === undefined || value === "" || value === false ? "" : ` (default ${value})`;
    return `  --${name.padEnd(14)} ${type.description}${standard}`;
  });
  return ["pnpm --filter text-generation run generate [flags]", "", ...lines].join("\n");
}

/** @throws UserError for an unknown flag or a value out of its range, in one line. */
export function readFlags(args: readonly string[]): z.output<typeof settings> {
  const options = Object.fromEntries(
    Object.keys(settings.shape).map((name) => [name, { type: name === "sentence" ? "boolean" : "string" } as const]),
  );
  const values = parse(args[0] === "--" ? args.slice(1) : [...args], options); // pnpm passes it on
  const empty = Object.keys(values).find((name) => values[name] === "" && name !== "prompt"); // Number("") would be 0
  if (empty) throw new UserError(`--${empty}: expected a value, received ""`);
  const result = settings.safeParse(values);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  const flag = String(path[0]);
  const expected = message.replace(/^.*?: /, "").replace(/, received .*$/, "");
  throw new UserError(`--${flag}: ${expected}, received "${values[flag]}"`);
}

function parse(args: string[], options: Record<string, { type: "string" | "boolean" }>): Record<string, unknown> {
  try {
    return { ...parseArgs({ args, options }).values };
  } catch (cause) {
    const flags = Object.keys(options)
      .map((name) => `--${name}`)
      .join(", ");
    const [message] = (cause as Error).message.split(/\.\s/);
    const isDash = message.includes("ambiguous"); // Node's words for a value that looks like a flag
    throw new UserError(`${message} (${isDash ? "a value with a dash first: --flag=-1" : `flags: ${flags}`})`, {
      cause,
    });
  }
}
