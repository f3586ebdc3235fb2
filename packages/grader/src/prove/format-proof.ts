import type { ProofReport } from "./prove-project.ts";

/** The report as plain lines: the verdict, both scores, and each problem. */
export function formatProof({ project, problems, unmeasured, reference, starter, seconds }: ProofReport): string {
  const verdict = problems.length === 0 ? "proven" : `${problems.length} problem${problems.length === 1 ? "" : "s"}`;
  const scores = `reference ${scoreOf(reference)}, starter ${scoreOf(starter)}`;
  const lines = problems.map((problem) => `  - ${problem.replaceAll("\n", "\n      ")}`);
  if (unmeasured.length > 0) lines.push(`  not measured yet, no results/summary.json: ${unmeasured.join(", ")}`);
  return [`${project}: ${verdict} (${scores}, ${seconds.toFixed(1)} s)`, ...lines].join("\n");
}

function scoreOf(report: ProofReport["reference"]): string {
  return report ? `${report.score ?? "partial"}/${report.points}` : "not run";
}
