import { parseArgs } from "node:util";
import { HelpRequest, UserError } from "@course/core";
import { COMMON_FLAGS } from "./common-flags.ts";
import { resolveUserPath } from "./workspace.ts";

/** What `--help` says of a command, and which flags it has. */
export interface Command<Flag extends string> {
  /** How it is called, such as `pnpm --filter mnist-cnn run predict`. */
  readonly call: string;
  /** What it takes beside flags, such as `PATH…`; a command without it takes flags only. */
  readonly paths?: string;
  /** What it does, in a sentence or two. */
  readonly does: string;
  /** Of each flag, without its dashes, what it means. */
  readonly flags: Readonly<Record<Flag, string>>;
}

/** The texts of flags that several commands have. */
export const FLAG_TEXTS = {
  model: "DIR: a saved network, instead of a run's",
  run: "NAME: the run (default: the latest)",
  out: "DIR: where the runs are (default: runs/ at the root of the repository)",
  to: "DIR: where the answers go (default: the current folder)",
  data: COMMON_FLAGS.data.help,
} as const;

export interface PathsAndFlags<Flag extends string> {
  /** What is no flag, as absolute paths. */
  readonly paths: readonly string[];
  /** What was given, as it was typed. */
  readonly flags: Readonly<Partial<Record<Flag, string>>>;
}

/**
 * The line of a small command: `PATH… --run NAME --out DIR`; each flag takes a text.
 *
 * @throws UserError for another flag, one without its text, or a path where the command takes none
 * @throws HelpRequest for `--help`
 */
export function parsePathsAndFlags<Flag extends string>(
  args: readonly string[],
  command: Command<Flag>,
): PathsAndFlags<Flag> {
  const names = Object.keys(command.flags);
  const known = [...names, "help"].map((name) => `--${name}`).join(", ");
  const { help, values, positionals } = parse(args, names, known);
  if (help) throw new HelpRequest(helpText(command));
  if (command.paths === undefined && positionals.length > 0)
    throw new UserError(`expected flags only, received "${positionals[0]}" (flags: ${known})`);
  return { paths: positionals.map(resolveUserPath), flags: values as Partial<Record<Flag, string>> };
}

function parse(args: readonly string[], names: readonly string[], known: string) {
  const texts = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const own = args[0] === "--" ? args.slice(1) : [...args]; // pnpm passes it on
  try {
    const options = { ...texts, help: { type: "boolean" as const } };
    const { values, positionals } = parseArgs({ args: own, options, allowPositionals: true });
    const { help, ...given } = values;
    return { help, values: given, positionals };
  } catch (cause) {
    throw new UserError(`${(cause as Error).message.split(/\.\s/)[0]} (flags: ${known})`, { cause });
  }
}

function helpText({ call, paths, does, flags }: Command<string>): string {
  const rows = Object.entries({ ...flags, help: COMMON_FLAGS.help.help });
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const lines = rows.map(([name, text]) => `  --${name.padEnd(width)}${text}`);
  return [[call, paths, "[flags]"].filter(Boolean).join(" "), does, "", ...lines, ""].join("\n");
}
