import type { Random } from "@course/core";

/**
 * The indices 0 … count − 1 in batches, shuffled if a `random` is given. The last batch is smaller
 * where `batchSize` does not divide `count`; no example is dropped.
 *
 * @throws RangeError unless batchSize is a positive integer.
 */
export function* batches(count: number, batchSize: number, random?: Random): Generator<Uint32Array> {
  if (!(Number.isInteger(batchSize) && batchSize > 0))
    throw new RangeError(`batches: expected a positive integer batchSize, received ${batchSize}`);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  random?.shuffle(order);
  for (let start = 0; start < count; start += batchSize) yield order.slice(start, start + batchSize);
}
