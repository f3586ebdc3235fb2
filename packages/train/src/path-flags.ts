import { parseArgs } from "node:util";
import { UserError } from "@course/core";
import { resolveUserPath } from "./workspace.ts";

export interface PathsAndFlags<Name extends string> {
  /** What is no flag, as absolute paths. */
  readonly paths: readonly string[];
  /** What was given, as it was typed. */
  readonly flags: Readonly<Partial<Record<Name, string>>>;
}

/**
 * The command line of a command on a saved run: `PATH… --run NAME --out DIR`; each flag takes a text.
 *
 * @param names the flags that there are, without their dashes
 * @throws UserError for another flag, or one without its text
 */
export function parsePathsAndFlags<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): PathsAndFlags<Name> {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const own = args[0] === "--" ? args.slice(1) : [...args]; // pnpm passes it on
  try {
    const { values, positionals } = parseArgs({ args: own, options, allowPositionals: true });
    return { paths: positionals.map(resolveUserPath), flags: { ...values } as Partial<Record<Name, string>> };
  } catch (cause) {
    const known = names.map((name) => `--${name}`).join(", ");
    throw new UserError(`${(cause as Error).message.split(". ")[0]} (flags: ${known})`, { cause });
  }
}
