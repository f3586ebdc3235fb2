import { parseArgs } from "node:util";
import { UserError } from "@course/core";
import { z } from "zod";

const number = z.coerce.number();
const settings = z.strictObject({
  prompt: z.string().default(""),
  run: z.string().optional(),
  out: z.string().optional(),
  method: z.enum(["sample", "greedy", "beam"]).default("sample"),
  temperature: number.positive().default(0.8),
  topK: number.int().min(0).default(0),
  topP: number.gt(0).max(1).default(0.95),
  width: number.int().min(1).max(256).default(8),
  lengthPenalty: number.min(0).default(0.7),
  block: number.int().min(0).optional(),
  length: number.int().positive().optional(),
  sentence: z.boolean().default(false),
  count: number.int().positive().default(1),
  seed: number.int().default(1),
});
export type Settings = Omit<z.output<typeof settings>, "prompt" | "run" | "out">;

/** @throws UserError for an unknown flag or a value out of its range, in one line. */
export function readFlags(args: readonly string[]): z.output<typeof settings> {
  const options = Object.fromEntries(
    Object.keys(settings.shape).map((name) => [name, { type: name === "sentence" ? "boolean" : "string" } as const]),
  );
  const result = settings.safeParse(parse(args[0] === "--" ? args.slice(1) : [...args], options)); // pnpm passes it on
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UserError(`--${String(issue!.path[0])}: ${issue!.message}`);
}

function parse(args: string[], options: Record<string, { type: "string" | "boolean" }>) {
  try {
    return { ...parseArgs({ args, options }).values };
  } catch (cause) {
    const flags = Object.keys(options)
      .map((name) => `--${name}`)
      .join(", ");
    throw new UserError(`${(cause as Error).message.split(". ")[0]} (flags: ${flags})`, { cause });
  }
}
