import { spawn } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import { join } from "node:path";
import type { Command } from "commander";
import { findProject } from "./projects.ts";

export function addTrainCommand(program: Command): void {
  program
    .command("train <project> [flags...]")
    .description("train a project; flags as in `course train <project> --help`")
    .allowUnknownOption()
    .helpOption(false) // --help belongs to the project
    .action(async (name: string, flags: string[]) => {
      process.exitCode = await runScript(join(findProject(name).folder, "src", "train.ts"), flags);
    });
}

/** Runs a project's script on this terminal and returns its exit code; Ctrl-C is the script's to handle. */
function runScript(script: string, args: readonly string[]): Promise<number> {
  const cache = getCompileCacheDir();
  const env = cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawn(process.execPath, [script, ...args], { stdio: "inherit", env });
  const leaveToChild = () => {};
  process.on("SIGINT", leaveToChild);
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGTERM", pass);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGINT", leaveToChild);
      process.off("SIGTERM", pass);
      resolve(code ?? (signal === "SIGKILL" ? 137 : 1));
    });
  });
}
