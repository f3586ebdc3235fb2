import { join } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "@course/core";
import { findRunFolder, resolveUserPath, workspaceRoot } from "@course/train";

export interface SavedRun {
  readonly folder: string;
  /** What is not a flag on the command line: paths as the user typed them. */
  readonly paths: readonly string[];
  /** `--data DIR`, for a network that was trained on a folder. */
  readonly dataFolder: string | undefined;
}

/** `[PATH…] [--run NAME] [--out DIR] [--data DIR]`: by default the latest run. @throws UserError for anything else. */
export function openRun(args: readonly string[]): SavedRun {
  const { values, positionals } = parse(args);
  const out = values.out === undefined ? join(workspaceRoot(), "runs") : resolveUserPath(values.out);
  const dataFolder = values.data === undefined ? undefined : resolveUserPath(values.data);
  return { folder: findRunFolder(out, "mnist-cnn", values.run ?? "latest"), paths: positionals, dataFolder };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  const own = args[0] === "--" ? args.slice(1) : [...args]; // pnpm passes it on
  try {
    return parseArgs({ args: own, options: { run: text, out: text, data: text }, allowPositionals: true });
  } catch (cause) {
    throw new UserError(`${(cause as Error).message.split(". ")[0]} (flags: --run, --out, --data)`, { cause });
  }
}
