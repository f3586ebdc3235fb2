import { type Check, canJudge } from "./check.ts";
import { number } from "./format.ts";
import type { RunOutcome } from "./history.ts";
import type { Probe } from "./probe.ts";

interface Comparison {
  readonly metric: string;
  readonly rule: string;
  readonly baseline: number;
}

const LOWER_IS_BETTER = /(loss|error|mse|rmse|mae|perplexity|entropy|nll)$/i;

/** The result is no better than a trivial rule's on the same examples. Looked at once the run has ended. */
export const worseThanBaseline: Check = {
  id: "worse-than-baseline",
  explains: [],
  find(history, probe) {
    const { outcome, epochs } = history;
    if (!outcome || !canJudge(history)) return undefined;
    const metrics = { ...epochs.at(-1)?.metrics, ...outcome.metrics };
    const beaten = comparisons(outcome, probe, metrics).filter(({ metric, baseline }) => {
      const value = metrics[metric];
      return LOWER_IS_BETTER.test(metric) ? value >= baseline : value <= baseline;
    });
    if (beaten.length === 0) return undefined;
    const list = beaten.map(
      ({ metric, rule, baseline }) => `${metric} ${number(metrics[metric])}, ${rule} ${number(baseline)}`,
    );
    return {
      sign: "no better than a trivial rule",
      evidence: list.join("; "),
      cause:
        "The model has learnt less than the rule. Likely too few steps, a target that is not scaled, features taken for time steps, or inputs that do not belong to their targets",
    };
  },
};

function comparisons({ baselines, baselineMetric }: RunOutcome, probe: Probe, metrics: object): Comparison[] {
  const told = Object.entries(probe.baselines ?? {}).map(([metric, rules]) => ({ metric, rules }));
  const all = [{ metric: baselineMetric, rules: baselines }, ...told].flatMap(({ metric, rules }) =>
    Object.entries(rules).map(([rule, baseline]) => ({ metric, rule, baseline })),
  );
  // R² compares with the mean already: below 0 it is worse.
  const r2 = Object.keys(metrics).filter((metric) => /\/(r2|[a-z]+R2)$/.test(metric));
  const means = r2.map((metric) => ({ metric, rule: "always the mean", baseline: 0 }));
  return [...all, ...means].filter(({ metric }) => metric in metrics);
}
