import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import { loadRubric } from "../rubric/load-rubric.ts";
import type { GradeReport } from "../score/grade-report.ts";
import { readManifest } from "../starter/starter-manifest.ts";
import { checkSources, survivingMarkers } from "./check-sources.ts";
import { judgeReference, judgeStarter, judgeTypes } from "./judge.ts";
import { makeProofFolder } from "./proof-folder.ts";
import { runTests, typeCheck } from "./run-tool.ts";

/** What was found about a project's rubric, tests, markers and starter. */
export interface ProofReport {
  readonly project: string;
  /** Empty if the project is proven; each begins with what it is about, some go on for lines. */
  readonly problems: readonly string[];
  /** Ids of the items whose metric awaits `results/summary.json`. */
  readonly unmeasured: readonly string[];
  /** Undefined where an earlier problem kept the tests from running. */
  readonly reference: GradeReport | undefined;
  readonly starter: GradeReport | undefined;
  readonly seconds: number;
}

/**
 * Proves a project fit for students, in copies that leave the project untouched: the reference
 * scores 100, but for metrics that were not measured yet; the starter type-checks, loads, and scores 0; every rubric id has a test or a metric;
 * every item without a metric has a marker, every marker is in the rubric and in an editable file;
 * no marker survives in the starter. Faults of the rubric or the markers, and packages that are not
 * installed, are problems in the report; with faulty markers no tests run.
 *
 * @throws UserError if the folder is no project.
 */
export async function proveProject(projectFolder: string): Promise<ProofReport> {
  const start = performance.now();
  const { name: project } = readManifest(projectFolder);
  const found = await findProblems(projectFolder).catch((error: unknown) => {
    if (error instanceof UserError) return onlyProblems([error.message]);
    throw error;
  });
  return { project, ...found, seconds: (performance.now() - start) / 1000 };
}

type Findings = Omit<ProofReport, "project" | "seconds">;

async function findProblems(projectFolder: string): Promise<Findings> {
  const rubric = await loadRubric(projectFolder);
  const faults = checkSources(projectFolder, rubric);
  if (faults.length > 0) return onlyProblems(faults);
  using copies = await makeProofFolder(projectFolder);
  const { signal } = copies;
  const reference = await runTests(copies.reference, signal);
  const [starter, types] = await Promise.all([runTests(copies.starter, signal), typeCheck(copies.starter, signal)]);
  signal.throwIfAborted();
  const isMeasured = existsSync(join(projectFolder, "results", "summary.json"));
  const unmeasured = isMeasured ? [] : rubric.items.filter(({ metric }) => metric).map(({ id }) => id);
  const survivors = survivingMarkers(copies.starter).map((path) => `starter: ${path}: a marker is left in it`);
  return {
    problems: [
      ...judgeReference(rubric, reference, unmeasured),
      ...judgeTypes(types),
      ...judgeStarter(starter),
      ...survivors,
    ],
    unmeasured,
    reference: reference.report,
    starter: starter.report,
  };
}

function onlyProblems(problems: readonly string[]): Findings {
  return { problems, unmeasured: [], reference: undefined, starter: undefined };
}
