import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "@course/core";
import type { Contender } from "./contender.ts";

const PROBE = "import sys, importlib.util as u; print(*[m for m in sys.argv[1:] if u.find_spec(m)])";

/** Which of the modules a Python could import; none of them is imported. @throws UserError if it does not start. */
export async function importableModules(python: string, modules: readonly string[]): Promise<Set<string>> {
  try {
    const { stdout } = await promisify(execFile)(python, ["-c", PROBE, ...modules]);
    return new Set(stdout.split(/\s+/).filter(Boolean));
  } catch (cause) {
    const reason = (cause as Error).message.trim().split("\n").at(-1);
    throw new UserError(`--python ${python}: expected a Python 3 that starts, received: ${reason}`, { cause });
  }
}

/** Leaves out the contenders whose module the Python lacks, and tells `say` once for each module. */
export async function presentContenders(
  contenders: readonly Contender[],
  say: (line: string) => void,
): Promise<Contender[]> {
  const present: Contender[] = [];
  const missing = new Set<string>();
  for (const contender of contenders) {
    const { command, needs } = contender;
    if (needs === undefined || (await importableModules(command, [needs])).has(needs)) present.push(contender);
    else missing.add(`${command} has no module ${needs}: its contenders are left out`);
  }
  for (const line of missing) say(line);
  return present;
}
