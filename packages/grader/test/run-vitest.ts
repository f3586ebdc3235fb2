import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GradeReport } from "../src/index.ts";
import { cleanEnvironment } from "../src/prove/run-tool.ts";

export interface VitestRun {
  readonly exitCode: number;
  readonly output: string;
  /** What COURSE_SCORE_FILE received. */
  readonly report: GradeReport | undefined;
}

/** Runs the vitest of a project in a process of its own, as a student does. */
export function runVitest(
  folder: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<VitestRun> {
  const vitest = join(folder, "node_modules", "vitest", "vitest.mjs");
  const scoreFile = join(folder, "score.tmp");
  const environment = { ...cleanEnvironment(), COURSE_SCORE_FILE: scoreFile, ...env };
  return new Promise((done) => {
    execFile(process.execPath, [vitest, "run", ...args], { cwd: folder, env: environment }, (error, stdout, stderr) => {
      const report = existsSync(scoreFile) ? (JSON.parse(readFileSync(scoreFile, "utf8")) as GradeReport) : undefined;
      done({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr, report });
    });
  });
}
