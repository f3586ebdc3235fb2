import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { explainWriteError } from "../cache/write-error.ts";
import { SourceFailure } from "./failure.ts";

const FULL_DISK = /No space left|enough free space|ENOSPC/;

export interface ClientOptions {
  readonly folder: string;
  readonly seconds: number;
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a package manager's own client (apt-get, npm) and returns the lines of its standard output:
 * it knows the user's mirrors and proxies, so none is named here.
 *
 * @throws SourceFailure where the command does not exist, fails or takes longer than `seconds`.
 * @throws UserError where it fails because the disk is full.
 */
export async function runClient(
  command: string,
  parameters: readonly string[],
  { folder, seconds, onLine }: ClientOptions,
): Promise<string[]> {
  const child = spawn(command, parameters, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LC_ALL: "C" },
    timeout: seconds * 1000,
  });
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface(child.stdout).on("line", (line) => {
    lines.push(line);
    onLine?.(line);
  });
  createInterface(child.stderr).on("line", (line) => errors.push(line.trim()));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on("error", (cause) => reject(new SourceFailure(`${command} is not installed here`, { cause })));
    child.on("close", (...result) => resolve(result));
  });
  if (signal === "SIGTERM") throw new SourceFailure(`${command}: no result within ${seconds} s`);
  if (signal) throw new SourceFailure(`${command}: ended by ${signal}`);
  if (code !== 0) {
    const reason = `${command}: ${complaint(errors) ?? `exit code ${code}`}`;
    if (FULL_DISK.test(errors.join("\n")))
      throw explainWriteError(dirname(folder), Object.assign(new Error(reason), { code: "ENOSPC" }));
    throw new SourceFailure(reason);
  }
  return lines;
}

/** apt-get marks its errors with "E:", npm with "npm error" (the last of which only names a log file). */
function complaint(errors: readonly string[]): string | undefined {
  const marked = errors.find((line) => line.startsWith("E:")) ?? errors.find((line) => /^npm error [^A]/.test(line));
  return marked ?? errors.findLast((line) => line !== "");
}
