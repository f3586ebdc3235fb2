import { findChild, type NGramCounts } from "./n-gram-counts.ts";
import { type Discounts, discounted, type SmoothedLevel, smoothLevels, visitContexts } from "./smoothed-level.ts";

export interface KneserNeyOptions {
  /** Three discounts for each order instead of one (Chen & Goodman, 1999, section 3). Default true. */
  readonly modified?: boolean;
  /** Given instead of estimated, for n = 1, 2, … */
  readonly discounts?: readonly Discounts[];
  /** For orders whose discounts cannot be estimated: a short text, or one that repeats itself. Default: an error. */
  readonly fallback?: Discounts;
}

/** Probabilities of a token after others; they are above 0 and sum to 1 over the vocabulary. */
export interface KneserNey {
  readonly order: number;
  readonly discounts: readonly Discounts[];
  /** Of a token after a context; of the context only the last order − 1 tokens matter, fewer will do. */
  probability(context: ArrayLike<number>, token: number): number;
  /** The same for every token: [vocabularySize]. */
  distribution(context: ArrayLike<number>): Float64Array;
  /** ids [tokens] → [tokens] natural logarithm of each one's probability after those before it. */
  logProbabilities(ids: ArrayLike<number>): Float64Array;
  /** ids [tokens] → [tokens] the likeliest token at each place after those before it; the id `never` is left out. */
  predict(ids: ArrayLike<number>, options?: { readonly never?: number }): Int32Array;
}

/**
 * Interpolated Kneser–Ney smoothing (Kneser & Ney, 1995; Chen & Goodman, 1999, section 3). Below the highest order
 * an n-gram counts by how many different tokens stand before it; the lowest order is mixed with 1 / vocabularySize.
 *
 * @throws UserError where the discounts cannot be estimated from the text, and there is no fallback.
 */
export function fitKneserNey(
  counts: NGramCounts,
  { modified = true, discounts, fallback }: KneserNeyOptions = {},
): KneserNey {
  const levels = smoothLevels(counts, { modified, discounts, fallback });
  const { vocabularySize } = counts;
  const probabilityAt = (context: ArrayLike<number>, end: number, token: number) => {
    let p = 1 / vocabularySize;
    visitContexts(levels, { context, end }, (level, node) => {
      const child = findChild(level.level, node, token);
      p = (child < 0 ? 0 : discounted(level, child) / level.totals[node]!) + level.shares[node]! * p;
    });
    return p;
  };
  return {
    order: levels.length,
    discounts: levels.map(({ discounts }) => discounts),
    probability: (context, token) => probabilityAt(context, context.length, token),
    logProbabilities: (ids) =>
      Float64Array.from({ length: ids.length }, (_, i) => Math.log(probabilityAt(ids, i, ids[i]!))),
    distribution(context) {
      const p = new Float64Array(vocabularySize).fill(1 / vocabularySize);
      visitContexts(levels, { context, end: context.length }, (level, node) => {
        for (let i = 0; i < p.length; i++) p[i]! *= level.shares[node]!;
        addSeen(p, level, node);
      });
      return p;
    },
    predict: (ids, { never = -1 } = {}) => predictAll(ids, { levels, never, probabilityAt }),
  };
}

function addSeen(p: Float64Array, level: SmoothedLevel, node: number): void {
  const { tokens, starts } = level.level;
  for (let child = starts[node]!; child < starts[node + 1]!; child++)
    p[tokens[child]!]! += discounted(level, child) / level.totals[node]!;
}

interface Prediction {
  readonly levels: readonly SmoothedLevel[];
  readonly never: number;
  readonly probabilityAt: (context: ArrayLike<number>, end: number, token: number) => number;
}

/**
 * A longer context raises only the tokens that were seen after it and lowers all others alike: the best is one of
 * those seen, or the best of the context without its first token. Each context's best is kept.
 */
function predictAll(ids: ArrayLike<number>, { levels, never, probabilityAt }: Prediction): Int32Array {
  const known = new Map(levels.map((level) => [level, new Map<number, number>()]));
  return Int32Array.from({ length: ids.length }, (_, end) => {
    let best = -1;
    visitContexts(levels, { context: ids, end }, (level, node) => {
      const shorter = best;
      best = known.get(level)!.get(node) ?? bestOf(level, node, shorter);
      known.get(level)!.set(node, best);
    });
    return best;

    function bestOf(level: SmoothedLevel, node: number, shorter: number): number {
      const n = levels.indexOf(level);
      const context = Array.from({ length: n }, (_, i) => ids[end - n + i]!);
      const { tokens, starts } = level.level;
      let [winner, most] = [shorter, shorter < 0 ? 0 : probabilityAt(context, n, shorter)];
      for (const token of tokens.subarray(starts[node]!, starts[node + 1]!)) {
        const p = token === never ? 0 : probabilityAt(context, n, token);
        if (p > most) [winner, most] = [token, p];
      }
      return winner;
    }
  });
}
