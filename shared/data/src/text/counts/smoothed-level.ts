import { UserError } from "@course/core";
import { findChild, type NGramCounts, type NGramLevel } from "./n-gram-counts.ts";

/** What is taken off an n-gram's count where it is 1, 2, and 3 or more. */
export type Discounts = readonly [one: number, two: number, more: number];

/** N-grams of one length, with what Kneser–Ney smoothing needs to know of each context. */
export interface SmoothedLevel {
  readonly level: NGramLevel;
  /** [nodes] occurrences; below the highest order the number of different tokens before it. */
  readonly counts: Int32Array;
  readonly discounts: Discounts;
  /** [contexts] sum of the counts that follow; 0 for a context that is only followed by the text's end. */
  readonly totals: Float64Array;
  /** [contexts] the share of the mass that discounting leaves to the lower order. */
  readonly shares: Float64Array;
}

interface Smoothing {
  readonly modified: boolean;
  readonly discounts?: readonly Discounts[] | undefined;
  readonly fallback?: Discounts | undefined;
}

/** @throws UserError where the discounts cannot be estimated from the text, and there is no fallback. */
export function smoothLevels(
  { levels }: NGramCounts,
  { modified, discounts: given, fallback }: Smoothing,
): SmoothedLevel[] {
  return levels.map((level, i) => {
    const above = levels[i + 1];
    const counts = above ? continuations(level, above) : level.counts;
    return smooth(level, counts, given?.[i] ?? estimateDiscounts(counts, { modified, fallback, n: i + 1 }));
  });
}

/** Shows `visit` the context's node in each level, from no context at all to the longest that was seen. */
export function visitContexts(
  levels: readonly SmoothedLevel[],
  { context, end }: { readonly context: ArrayLike<number>; readonly end: number },
  visit: (level: SmoothedLevel, node: number) => void,
): void {
  visit(levels[0]!, 0);
  for (let n = 1; n < levels.length && n <= end; n++) {
    let node = context[end - n]!;
    for (let i = 1; i < n && node >= 0; i++) node = findChild(levels[i]!.level, node, context[end - n + i]!);
    if (node < 0) return; // not seen; nor was a longer one
    if (levels[n]!.totals[node]! > 0) visit(levels[n]!, node);
  }
}

/** The count of a node less its discount; 0 for one that does not occur. */
export function discounted({ counts, discounts: [one, two, more] }: SmoothedLevel, node: number): number {
  const count = counts[node]!;
  return count === 0 ? 0 : count - (count === 1 ? one : count === 2 ? two : more);
}

/** How many different tokens stand before each n-gram. */
function continuations({ tokens }: NGramLevel, { suffixes }: NGramLevel): Int32Array {
  const counts = new Int32Array(tokens.length);
  for (const suffix of suffixes) counts[suffix]! += 1;
  return counts;
}

/** Chen & Goodman, eq. 17 and 26: Y = n1 / (n1 + 2 n2), D1 = 1 − 2 Y n2/n1, D2 = 2 − 3 Y n3/n2, D3+ = 3 − 4 Y n4/n3. */
function estimateDiscounts(
  counts: Int32Array,
  { modified, fallback, n }: Smoothing & { readonly n: number },
): Discounts {
  const numbers = [0, 0, 0, 0, 0]; // of n-grams with a count of 0 … 4
  for (const count of counts) if (count < 5) numbers[count]! += 1;
  const [, n1, n2, n3, n4] = numbers as [number, number, number, number, number];
  const y = n1 / (n1 + 2 * n2);
  const three: Discounts = modified ? [1 - (2 * y * n2) / n1, 2 - (3 * y * n3) / n2, 3 - (4 * y * n4) / n3] : [y, y, y];
  if (three.every((discount, i) => discount >= 0 && discount <= i + 1)) return three;
  if (fallback) return fallback;
  throw new UserError(
    `Kneser–Ney: expected ${n}-grams that occur once, twice and three times, each fewer than the last, ` +
      `received ${n1}, ${n2} and ${n3} (text too short, or it repeats itself?)`,
  );
}

function smooth(level: NGramLevel, counts: Int32Array, discounts: Discounts): SmoothedLevel {
  const contexts = level.starts.length - 1;
  const [totals, shares] = [new Float64Array(contexts), new Float64Array(contexts)];
  const smoothed = { level, counts, discounts, totals, shares };
  for (let context = 0; context < contexts; context++) {
    let [total, kept] = [0, 0];
    for (let node = level.starts[context]!; node < level.starts[context + 1]!; node++) {
      total += counts[node]!;
      kept += discounted(smoothed, node);
    }
    totals[context] = total;
    shares[context] = total === 0 ? 1 : (total - kept) / total;
  }
  return smoothed;
}
