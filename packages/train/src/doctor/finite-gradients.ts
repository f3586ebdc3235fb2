import { TrainingError } from "../interrupt.ts";
import type { Reading } from "./history.ts";

/** @throws TrainingError that names the first layer whose gradient is not finite: the next update would ruin it. */
export function assertFiniteGradients({ layers, step, epoch }: Reading): void {
  for (const { name, gradientNorm = 0 } of layers) {
    if (Number.isFinite(gradientNorm)) continue;
    throw new TrainingError(
      `gradient of ${name} at step ${step} (epoch ${epoch}): expected finite numbers, its norm is ${gradientNorm}` +
        " (learning rate too high, or a logarithm, root or division of zero?)",
    );
  }
}
