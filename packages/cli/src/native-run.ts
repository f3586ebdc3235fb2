import { spawn } from "node:child_process";

export interface Outcome {
  /** Exit code; "missing" if there is no such program; the signal's name if one ended it. */
  readonly ended: number | "missing" | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSettings {
  readonly cwd?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Ends the program, and the programs that it has started. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program to its end and keeps what it prints. It ends with this process, its own children too. */
export function runProgram(program: string, args: readonly string[], settings: RunSettings = {}): Promise<Outcome> {
  const hasGroups = process.platform !== "win32";
  const { cwd, env, signal } = settings;
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: hasGroups });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const stop = () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    if (hasGroups) process.kill(-child.pid, "SIGKILL");
    else child.kill();
  };
  process.once("exit", stop);
  signal?.addEventListener("abort", stop);
  return new Promise((resolve, reject) => {
    const finish = (ended: Outcome["ended"]) => {
      process.off("exit", stop);
      signal?.removeEventListener("abort", stop);
      resolve({ ended, stdout, stderr });
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "EACCES") finish("missing");
      else reject(error);
    });
    child.on("close", (code, killer) => finish(code ?? killer!));
  });
}

/**
 * What went wrong, as one line: the last error of Node or Python ("TypeError: …"), else the last
 * three lines that name an error, else the last three.
 */
export function lastWords(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const thrown = lines.findLast((line) => /^\w*Error: /.test(line));
  if (thrown) return thrown;
  const errors = lines.filter((line) => /error|undefined reference|cannot find/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(-3).join("; ") || "it printed nothing";
}
