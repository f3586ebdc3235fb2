import { TrainingError } from "../interrupt.ts";

/** Gradients by the name of their parameter. */
export type Gradients = Readonly<Record<string, Float32Array | Float64Array>>;

/**
 * Limits every entry to [−limit, limit], in place. It changes the gradient's direction.
 *
 * @throws RangeError unless the limit is above 0; TrainingError, naming the array, for NaN.
 */
export function clipByValue(gradients: Gradients, limit: number): void {
  assertLimit("clipByValue limit", limit);
  for (const [name, array] of Object.entries(gradients)) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i]!;
      if (Number.isNaN(value)) throw notFinite(name, value, i);
      if (value > limit) array[i] = limit;
      else if (value < -limit) array[i] = -limit;
    }
  }
}

/**
 * Scales all arrays together, in place, so that their common Euclidean norm is at most `limit`
 * (Pascanu et al., 2013, algorithm 1). A smaller norm changes nothing.
 *
 * @returns the norm before, summed in float64: worth logging.
 * @throws RangeError unless the limit is above 0; TrainingError, naming the array, where an entry is
 * not finite.
 */
export function clipByGlobalNorm(gradients: Gradients, limit: number): number {
  assertLimit("clipByGlobalNorm limit", limit);
  const norm = globalNorm(gradients);
  if (norm <= limit) return norm;
  const scale = limit / norm;
  for (const array of Object.values(gradients)) for (let i = 0; i < array.length; i++) array[i]! *= scale;
  return norm;
}

/** Euclidean norm over all arrays. @throws TrainingError where an entry is not finite. */
export function globalNorm(gradients: Gradients): number {
  let sum = 0;
  for (const [name, array] of Object.entries(gradients)) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i]!;
      if (!Number.isFinite(value)) throw notFinite(name, value, i);
      sum += value * value;
    }
  }
  return Math.sqrt(sum);
}

function assertLimit(what: string, limit: number): void {
  if (!(limit > 0)) throw new RangeError(`${what}: expected a number above 0, received ${limit}`);
}

function notFinite(name: string, value: number, index: number): TrainingError {
  return new TrainingError(
    `gradient of "${name}": expected finite numbers, received ${value} at index ${index} (learning rate too high, or a logarithm or division of zero?)`,
  );
}
