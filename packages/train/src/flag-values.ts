import { parseArgs } from "node:util";
import { didYouMean, UserError } from "@course/core";
import { z } from "zod";
import { COMMON_FLAGS } from "./common-flags.ts";
import type { Experiment } from "./experiment.ts";

/** A config key as JSON Schema describes it. */
export interface FieldSchema {
  readonly type?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly items?: FieldSchema;
}

export function fieldsOf(experiment: Experiment): Record<string, FieldSchema> {
  return (z.toJSONSchema(experiment.config, { io: "input" }).properties ?? {}) as Record<string, FieldSchema>;
}

/** Flag → text or boolean, as typed. @throws UserError for an unknown flag or one that lacks its value. */
export function readFlags(fields: Record<string, FieldSchema>, args: readonly string[]): Record<string, unknown> {
  const options = Object.fromEntries([
    ...Object.entries(fields).map(([key, { type }]) => [key, { type: type === "boolean" ? "boolean" : "string" }]),
    ...Object.entries(COMMON_FLAGS).map(([key, { type }]) => [key, { type }]),
  ]) as Record<string, { type: "string" | "boolean" }>;
  const { values, tokens, positionals } = parseArgs({
    args: withResumeValue(args[0] === "--" ? args.slice(1) : args),
    options,
    strict: false,
    allowNegative: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const name = token.name.replace(/^no-/, "");
    if (!(name in options))
      throw new UserError(`${token.rawName}: no such flag${didYouMean(name, Object.keys(options))}`);
    if (options[name]!.type === "string" && (token.value === undefined || token.value.startsWith("--")))
      throw new UserError(`--${name}: expected a value, received none`);
    if (options[name]!.type === "boolean" && token.value !== undefined)
      throw new UserError(`--${name}: takes no value (--${name} or --no-${name}), received "${token.value}"`);
  }
  if (positionals.length > 0) throw new UserError(`"${positionals[0]}": expected a flag such as --epochs (see --help)`);
  return values;
}

/** `--resume` may stand alone: it then means the latest run. */
function withResumeValue(args: readonly string[]): string[] {
  return args.map((arg, i) => {
    const next = args[i + 1];
    return arg === "--resume" && (next === undefined || next.startsWith("--")) ? "--resume=latest" : arg;
  });
}

/** What a flag's text means to its schema. @throws UserError if it is of another type or not among the choices. */
export function convertFlag(flag: string, value: unknown, { type, enum: choices, items }: FieldSchema): unknown {
  if (type === "array")
    return String(value)
      .split(",")
      .map((item) => convertFlag(flag, item, items ?? {}));
  if (type !== "number" && type !== "integer") {
    if (choices && !choices.includes(value))
      throw new UserError(`${flag}: expected one of ${choices.join(", ")}, received "${value}"`);
    return value;
  }
  const number = Number(value);
  const isWhole = type !== "integer" || Number.isInteger(number);
  if (value === "" || !Number.isFinite(number) || !isWhole)
    throw new UserError(`${flag}: expected ${type === "integer" ? "a whole number" : "a number"}, received "${value}"`);
  return number;
}

export function wholeNumber(flag: string, value: string): number {
  return convertFlag(flag, value, { type: "integer" }) as number;
}
