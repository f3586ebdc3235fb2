import { TrainingError } from "./interrupt.ts";
import type { SavedState } from "./saveable.ts";

/** @throws TrainingError that names the first scalar that is not finite; `where` is "step 3 (epoch 1)". */
export function assertFiniteScalars(scalars: Readonly<Record<string, number>>, where: string): void {
  for (const [name, value] of Object.entries(scalars)) {
    if (Number.isFinite(value)) continue;
    throw new TrainingError(
      `train/${name} at ${where}: expected a finite number, received ${value}` +
        ` (learning rate too high, or a logarithm or division of zero?)`,
    );
  }
}

/** @throws TrainingError that names the first part and array of a checkpoint with a value that is not finite. */
export function assertFiniteParts(parts: Readonly<Record<string, SavedState>>, where: string): void {
  for (const [part, { arrays }] of Object.entries(parts)) {
    for (const [name, array] of Object.entries(arrays)) {
      const index = firstNotFinite(array);
      if (index < 0) continue;
      throw new TrainingError(
        `${part}/${name} at ${where}: expected finite values, received ${array[index]} at index ${index} of ${array.length}` +
          ` (not saved; learning rate too high, or a gradient that is not finite?)`,
      );
    }
  }
}

/** −1 if all are finite. */
function firstNotFinite(array: ArrayLike<number>): number {
  for (let i = 0; i < array.length; i++) if (!Number.isFinite(array[i])) return i;
  return -1;
}
