import type { EpochRecord } from "../../src/doctor/history.ts";
import { StepTally } from "../../src/doctor/step-tally.ts";

/** An epoch of steps with these losses, 10 examples each but the last with `rest`. */
export function epochOf(
  losses: readonly number[],
  metrics: Record<string, number> = {},
  { epoch = 1, rest = 10 } = {},
): EpochRecord {
  const tally = new StepTally();
  const sizes = losses.map((_, i) => (i === losses.length - 1 ? rest : 10));
  for (const [i, loss] of losses.entries()) tally.add({ loss, examples: sizes[i] });
  const steps = tally.summary()!;
  const sum = losses.reduce((total, loss, i) => total + loss * sizes[i], 0);
  return {
    epoch,
    step: epoch * losses.length,
    metrics: { "train/epochLoss": sum / steps.examples, ...metrics },
    steps,
  };
}
