import type { Probe } from "./probe.ts";

/** How often each class occurs in a split, as fractions; undefined without its labels. */
export function classShares({ task, labels }: Probe, split: string): number[] | undefined {
  const ids = labels?.[split];
  if (task?.kind !== "classification" || !ids || ids.length === 0) return undefined;
  const counts = new Array<number>(task.numClasses).fill(0);
  for (let i = 0; i < ids.length; i++) counts[ids[i]]++;
  return counts.map((count) => count / ids.length);
}

/**
 * What the best answer that ignores the input costs: the entropy of the class shares (ln C if they are
 * equal), or for MSE the mean variance of the 0/1 targets (0.25 for two equal classes); undefined if
 * the probe does not say what the loss is.
 */
export function constantLoss(probe: Probe): number | undefined {
  const { task } = probe;
  if (!task || task.constantLoss !== undefined || task.kind !== "classification") return task?.constantLoss;
  const { numClasses, loss = "cross-entropy" } = task;
  if (loss === "other") return undefined;
  const shares = classShares(probe, "train") ?? new Array<number>(numClasses).fill(1 / numClasses);
  const cost = (p: number) => (loss === "mse" ? (p * (1 - p)) / numClasses : p > 0 ? -p * Math.log(p) : 0);
  return shares.reduce((sum, p) => sum + cost(p), 0);
}

/** The accuracy on a split of always answering its training set's commonest class; 1 / C without labels. */
export function chanceAccuracy(probe: Probe, split: string): number | undefined {
  if (probe.task?.kind !== "classification") return undefined;
  const shares = classShares(probe, split);
  if (!shares) return 1 / probe.task.numClasses;
  const train = classShares(probe, "train") ?? shares;
  return shares[train.indexOf(Math.max(...train))];
}

/** Standard error of an accuracy `p` on `count` examples (binomial). */
export function accuracyError(p: number, count: number): number {
  return Math.sqrt((p * (1 - p)) / count);
}
