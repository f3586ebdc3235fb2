import type { History } from "./history.ts";

/**
 * Standard deviation of one example's loss where the mean is `loss`. Most answers of a trained model
 * cost nearly nothing and a few, of share loss / c, cost c: then the mean square is loss · c. For c
 * stands what an untrained answer costs, the first step's loss; a mean above it gives itself.
 */
export function lossDeviation(loss: number, { epochs }: Pick<History, "epochs">): number {
  return Math.sqrt(loss * Math.max(loss, epochs[0].steps.firstLoss));
}
