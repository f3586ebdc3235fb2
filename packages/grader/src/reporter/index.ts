import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { styleText } from "node:util";
import { UserError } from "@course/core";
import type { Reporter, TestModule, TestRunEndReason, TestSpecification, Vitest } from "vitest/node";
import { loadRubric } from "../rubric/load-rubric.ts";
import { formatGrade, type Paint } from "../score/format-grade.ts";
import { gradeItems } from "../score/grade-items.ts";
import type { GradeReport } from "../score/grade-report.ts";
import { measureMetric } from "../score/measured-metric.ts";
import { readTestRun } from "./read-test-run.ts";
import { whyPartial } from "./why-partial.ts";

/**
 * Vitest reporter that ends a project's tests with its score by rubric item. It reads `rubric.ts`
 * in vitest's root, and never changes vitest's exit code. Where the environment variable
 * `COURSE_SCORE_FILE` names a file, the report is written there too, as JSON.
 */
export default class ScoreReporter implements Reporter {
  #vitest: Vitest | undefined;
  #specifications: readonly TestSpecification[] = [];

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#specifications = specifications;
  }

  async onTestRunEnd(
    _modules: readonly TestModule[],
    _errors: readonly unknown[],
    reason: TestRunEndReason,
  ): Promise<void> {
    const vitest = this.#vitest;
    if (!vitest) throw new Error("ScoreReporter: onTestRunEnd before onInit");
    try {
      const report = await this.#grade(vitest, reason);
      const paint: Paint = (style, text) => styleText(style, text, { stream: vitest.logger.outputStream });
      vitest.logger.log(`\n${formatGrade(report, paint)}\n`);
      const file = process.env.COURSE_SCORE_FILE;
      if (file) writeFileSync(resolve(file), `${JSON.stringify(report, undefined, 2)}\n`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      vitest.logger.error(`no score: ${error.message}`);
    }
  }

  async #grade(vitest: Vitest, reason: TestRunEndReason): Promise<GradeReport> {
    const folder = vitest.config.root;
    const rubric = await loadRubric(folder);
    const modules = vitest.state.getTestModules(); // in watch mode, with those of earlier runs
    const partial = await whyPartial(vitest, { specifications: this.#specifications, modules, reason });
    const run = readTestRun(modules, { rubric, partial });
    return gradeItems(rubric, run, ({ metric }) => metric && measureMetric(folder, rubric.project, metric));
  }
}
