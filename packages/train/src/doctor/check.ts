import type { Finding } from "./finding.ts";
import type { History } from "./history.ts";
import type { Probe } from "./probe.ts";

/** One sign of a silent failure. */
export interface Check {
  readonly id: string;
  /** Checks whose findings follow from this one: they are left out beside it. */
  readonly explains: readonly string[];
  /** Pure: the same history and probe give the same finding; undefined if there is nothing to say. */
  find(history: History, probe: Probe): Omit<Finding, "check"> | undefined;
}

/**
 * Fewer updates than this show that a project runs, not what it can learn: by a hundred steps of the
 * usual 0.01, plain gradient descent has moved by about one whole gradient.
 */
export const STEPS_TO_JUDGE = 100;

/** Whether enough was trained to call the result a failure: enough steps, and three epochs or the run's end. */
export function canJudge({ epochs, outcome }: History): boolean {
  const steps = epochs.at(-1)?.step ?? 0;
  return steps >= STEPS_TO_JUDGE && (epochs.length >= 3 || outcome !== undefined);
}
