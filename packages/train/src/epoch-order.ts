import type { Random } from "@course/core";

/** [count] indices in the order of this epoch, which depends on the seed and the epoch only. */
export function epochOrder(count: number, epoch: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  random.stream(`shuffle/${epoch}`).shuffle(order);
  return order;
}

/** `order` in pieces of `batchSize` from batch number `first` on, the last one being what is left. */
export function* sliceBatches(order: Uint32Array, batchSize: number, first = 0): Generator<Uint32Array> {
  for (let start = first * batchSize; start < order.length; start += batchSize)
    yield order.subarray(start, Math.min(start + batchSize, order.length));
}
