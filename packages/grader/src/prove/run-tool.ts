import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { UserError } from "@course/core";
import type { GradeReport } from "../score/grade-report.ts";

/** Longer than any project's tests take; a run that hangs is ended after it. */
const TIME_LIMIT_MS = 300_000;

/** Enough lines to see the cause in a report. */
const SHOWN_LINES = 12;

export interface ToolRun {
  readonly hasSucceeded: boolean;
  /** The last lines of what it printed. */
  readonly output: string;
}

export interface TestsRun extends ToolRun {
  /** What the reporter wrote; undefined if it did not run. */
  readonly report: GradeReport | undefined;
}

/** Runs all tests of a project with its own vitest and reads the score that its reporter wrote. */
export async function runTests(projectFolder: string, signal?: AbortSignal): Promise<TestsRun> {
  const scoreFile = join(projectFolder, "score.tmp");
  const run = await runTool(projectFolder, {
    program: ["vitest", "vitest.mjs"],
    args: ["run"],
    env: { COURSE_SCORE_FILE: scoreFile },
    signal,
  });
  const report = existsSync(scoreFile) ? (JSON.parse(readFileSync(scoreFile, "utf8")) as GradeReport) : undefined;
  return { ...run, report };
}

/** Type-checks a project, and what it refers to, with its own tsc. */
export function typeCheck(projectFolder: string, signal?: AbortSignal): Promise<ToolRun> {
  return runTool(projectFolder, { program: ["typescript", "bin/tsc"], args: ["-b", "--pretty", "false"], signal });
}

interface Tool {
  /** Package and script in it. */
  readonly program: readonly [string, string];
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly signal: AbortSignal | undefined;
}

function runTool(folder: string, { program: [packageName, script], args, env, signal }: Tool): Promise<ToolRun> {
  const path = join(packageFolder(folder, packageName), script);
  const environment = { ...cleanEnvironment(), ...env };
  const options = { cwd: folder, env: environment, signal, timeout: TIME_LIMIT_MS, maxBuffer: 2 ** 26 };
  return new Promise((done) => {
    execFile(process.execPath, [path, ...args], options, (error, stdout, stderr) => {
      const late = error?.killed ? `ended after ${TIME_LIMIT_MS / 1000} s\n` : "";
      const lines = `${stdout}${stderr}${late}`.trim().split("\n");
      done({ hasSucceeded: error === null, output: lines.slice(-SHOWN_LINES).join("\n") });
    });
  });
}

function packageFolder(folder: string, name: string): string {
  try {
    return dirname(createRequire(join(folder, "package.json")).resolve(`${name}/package.json`));
  } catch (error) {
    throw new UserError(`${name}: expected among the project's packages, not found (run the install first?)`, {
      cause: error,
    });
  }
}

/** Without colours, without watching, and without what an outer vitest told its own workers. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([key]) => !/^(VITEST|NODE_ENV$|TEST$|FORCE_COLOR$)/.test(key));
  return { ...Object.fromEntries(inherited), NO_COLOR: "1", CI: "true" };
}
