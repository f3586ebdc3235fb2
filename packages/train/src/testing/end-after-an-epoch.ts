import { spawn } from "node:child_process";

/**
 * Starts a training script and ends it by the signal once two epochs are told of, so that at least one is saved.
 *
 * @returns its exit code, null where the signal ended it
 */
export async function endAfterAnEpoch(
  script: string,
  args: readonly string[],
  signal: NodeJS.Signals,
): Promise<number | null> {
  const child = spawn(process.execPath, [script, "--json", ...args]);
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
    if (!child.killed && printed.split('"event":"epoch"').length > 2) child.kill(signal); // once: two end it at once
  });
  return ended;
}
