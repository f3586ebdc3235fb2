import { createRandom } from "@course/core";
import type { ImageSet, Labels } from "../images/image-set.ts";
import { takeImages } from "../images/select.ts";

/**
 * At most `limit` indices, ascending, the labels in the proportions of the whole; all of them where
 * no limit is given. The choice is fixed: it depends on the labels only, and what a smaller limit
 * keeps, a larger one keeps too.
 *
 * @throws RangeError unless limit is a positive integer.
 */
export function limitIndices(labels: ArrayLike<number>, limit: number | undefined): Uint32Array {
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new RangeError(`limit: expected a positive integer, received ${limit}`);
  if (limit === undefined || limit >= labels.length) return Uint32Array.from({ length: labels.length }, (_, i) => i);
  return stratifiedOrder(labels).slice(0, limit).sort();
}

/** `limitIndices` of an image set. */
export function limitImages<L extends Labels>(set: ImageSet<L>, limit: number | undefined): ImageSet<L> {
  const kept = limitIndices(set.labels, limit);
  return kept.length === set.labels.length ? set : takeImages(set, kept);
}

/** All indices so that each label is spread evenly from first to last. */
function stratifiedOrder(labels: ArrayLike<number>): Uint32Array {
  const order = createRandom("limit").shuffle(Uint32Array.from({ length: labels.length }, (_, i) => i));
  const rank = new Uint32Array(labels.length); // of an example among those of its label
  const counts = new Map<number, number>();
  for (const i of order) {
    rank[i] = counts.get(labels[i]!) ?? 0;
    counts.set(labels[i]!, rank[i]! + 1);
  }
  const position = Float64Array.from(rank, (value, i) => (value + 0.5) / counts.get(labels[i]!)!); // in (0, 1)
  return order.sort((a, b) => position[a]! - position[b]!); // stable: equal positions stay shuffled
}
