import { batchMean } from "./batch-mean.ts";
import type { Check } from "./check.ts";
import { deadUnits } from "./dead-units.ts";
import { doubleSoftmax } from "./double-softmax.ts";
import { droppedBatch } from "./dropped-batch.ts";
import { explodingGradient } from "./exploding-gradient.ts";
import type { Finding } from "./finding.ts";
import type { History } from "./history.ts";
import { inputScale } from "./input-scale.ts";
import { leak } from "./leak.ts";
import { lossScale } from "./loss-scale.ts";
import { metricRange } from "./metric-range.ts";
import { overfitting } from "./overfitting.ts";
import type { Probe } from "./probe.ts";
import { stuckLoss } from "./stuck-loss.ts";
import { validationBetter } from "./validation-better.ts";
import { worseThanBaseline } from "./worse-than-baseline.ts";
import { zeroGradient } from "./zero-gradient.ts";

/** In the order of a report: causes before what follows from them. */
export const CHECKS: readonly Check[] = [
  inputScale,
  leak,
  metricRange,
  lossScale,
  droppedBatch,
  batchMean,
  explodingGradient,
  deadUnits,
  zeroGradient,
  doubleSoftmax,
  stuckLoss,
  overfitting,
  validationBetter,
  worseThanBaseline,
];

/** What all checks say, without findings that another one explains. */
export function diagnose(history: History, probe: Probe): Finding[] {
  const found = CHECKS.flatMap((check) => {
    const finding = check.find(history, probe);
    return finding ? [{ check, finding: { check: check.id, ...finding } }] : [];
  });
  const explained = new Set(found.flatMap(({ check }) => check.explains));
  return found.map(({ finding }) => finding).filter(({ check }) => !explained.has(check));
}
