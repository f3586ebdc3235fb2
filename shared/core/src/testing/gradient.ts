type FloatArray = Float32Array | Float64Array;

/**
 * dL/dvalues by central differences, (L(v + h) − L(v − h)) / 2h for each entry: error O(h²).
 *
 * @param loss reads `values`, which are changed one at a time and put back.
 * @param h 1e-5 suits float64; in float32 use 1e-2.
 */
export function numericGradient(loss: () => number, values: FloatArray, h = 1e-5): Float64Array {
  const gradient = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const kept = values[i];
    values[i] = kept + h;
    const above = values[i]; // what float32 made of it
    const lossAbove = loss();
    values[i] = kept - h;
    const below = values[i];
    gradient[i] = (lossAbove - loss()) / (above - below);
    values[i] = kept;
  }
  return gradient;
}

/**
 * Throws, naming the worst entry, unless |analytic − numeric| ≤ tolerance · max(1, |numeric|)
 * for every entry.
 */
export function assertGradient(
  what: string,
  analytic: ArrayLike<number>,
  numeric: ArrayLike<number>,
  tolerance = 1e-7,
): void {
  assertClose(`gradient of ${what}`, analytic, numeric, { relative: tolerance, absolute: tolerance });
}

/**
 * Throws, naming the worst entry, unless |actual − expected| ≤ max(absolute, relative · |expected|)
 * for every entry. NaN is close to nothing, itself included.
 */
export function assertClose(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 1e-7, absolute = 1e-7 }: { relative?: number; absolute?: number } = {},
): void {
  if (actual.length !== expected.length)
    throw new Error(`${what}: expected ${expected.length} values, received ${actual.length}`);
  let worst = -1;
  let worstExcess = 1;
  for (let i = 0; i < expected.length; i++) {
    if (actual[i] === expected[i]) continue; // equal infinities too, whose difference is NaN
    const allowed = Math.max(absolute, relative * Math.abs(expected[i]!));
    const difference = Math.abs(actual[i]! - expected[i]!);
    const excess = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference / allowed;
    if (excess > worstExcess) [worst, worstExcess] = [i, excess];
  }
  if (worst < 0) return;
  throw new Error(
    `${what}: worst at index ${worst}: expected ${expected[worst]}, received ${actual[worst]}` +
      ` (${worstExcess.toPrecision(3)}× the tolerance)`,
  );
}
