import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { UserError } from "@course/core";

/** One side of a comparison: a program that answers each line on stdin with its milliseconds. */
export interface Contender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A module that the command, a Python, must have; without it the contender is left out. */
  readonly needs?: string;
  /** Takes part in every so-many-th round, by default in each. */
  readonly every?: number;
}

export interface Round {
  readonly milliseconds: number;
  readonly memory: Memory;
}

/** In MiB; undefined where the program does not say. */
export interface Memory {
  /** Most that the program has held so far, its libraries included. */
  readonly peakMebibytes?: number | undefined;
  /** WASM memory. */
  readonly heapMebibytes?: number | undefined;
}

export interface RunningContender {
  readonly name: string;
  readonly every: number;
  /** What it said of itself: version, threads, vector width. */
  readonly description: string;
  /** One round of a part, or undefined where it has no such part. */
  round(part: string): Promise<Round | undefined>;
  stop(): void;
}

// A shell that pins BLAS to another processor's kernels would slow the peers down.
const UNSET = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

/** Starts a contender and waits until it is ready. @throws UserError with its last words if it ends instead. */
export async function startContender(contender: Contender): Promise<RunningContender> {
  const { name, command, args, environment, every = 1 } = contender;
  const env = { ...process.env };
  for (const variable of UNSET) delete env[variable];
  Object.assign(env, environment);
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (text) => {
    errors = (errors + text).slice(-2000);
  });
  const ended = new Promise<never>((_, reject) => {
    const fail = (reason: string) =>
      reject(new UserError(`${name}: ended early (${reason}): ${errors.trim().split("\n").at(-1) ?? ""}`));
    child.on("error", (error) => fail(error.message));
    child.on("close", (code) => fail(`exit code ${code}`));
  });
  ended.catch(() => {}); // heard by whoever waits for an answer
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await Promise.race([lines.next(), ended]);
    return done ? ended : (JSON.parse(value) as Partial<Record<string, unknown>>);
  };
  const { ready } = await answer();
  return {
    name,
    every,
    description: String(ready),
    async round(part) {
      child.stdin.write(`${part}\n`);
      const { milliseconds, ...memory } = await answer();
      return milliseconds === undefined ? undefined : { milliseconds: Number(milliseconds), memory: memory as Memory };
    },
    stop: () => void child.stdin.end(),
  };
}
