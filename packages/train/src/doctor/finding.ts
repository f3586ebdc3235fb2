import { z } from "zod";

/** What the doctor saw, as it stands in `summary.json`. */
export const findingSchema = z.object({
  /** The check's id: `stuck-loss`. */
  check: z.string(),
  /** In a few words: `softmax applied twice`. */
  sign: z.string(),
  /** What was measured, with the numbers. */
  evidence: z.string(),
  /** The likely cause and what to try. */
  cause: z.string(),
  epoch: z.number().optional(),
  step: z.number().optional(),
});

export type Finding = z.output<typeof findingSchema>;

/** `sign (epoch 3, step 120): evidence. cause`, on one line. */
export function describeFinding(finding: Finding): string {
  return `${finding.sign}${describePlace(finding)}: ${finding.evidence}. ${finding.cause}`;
}

/** ` (epoch 3, step 120)`, or nothing if the finding has neither. */
export function describePlace({ epoch, step }: Finding): string {
  const parts = [...(epoch === undefined ? [] : [`epoch ${epoch}`]), ...(step === undefined ? [] : [`step ${step}`])];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
