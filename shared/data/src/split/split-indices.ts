import type { Random } from "@course/core";
import { type Fractions, splitEnds } from "./fractions.ts";

/**
 * Cuts 0 … count − 1, shuffled, into splits that share no index.
 *
 * @returns split name → its indices, in random order. Equal seeds give equal splits.
 * @throws RangeError as `splitEnds`.
 */
export function splitIndices<Name extends string>(
  count: number,
  fractions: Fractions<Name>,
  random: Random,
): Record<Name, Uint32Array> {
  const order = random.shuffle(Uint32Array.from({ length: count }, (_, i) => i));
  let start = 0;
  const splits = splitEnds(count, fractions).map(([name, end]): [Name, Uint32Array] => {
    const part = order.slice(start, end);
    start = end;
    return [name, part];
  });
  return Object.fromEntries(splits) as Record<Name, Uint32Array>;
}
