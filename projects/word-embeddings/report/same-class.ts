import { createRandom } from "@course/core";
import type { Vocabulary } from "@course/data";
import { bootstrapInterval, cosineMatrix, type Interval } from "@course/metrics";

export interface SameClass extends Interval {
  /** Words that were asked about. */
  readonly words: number;
  /** What neighbours drawn at random would reach. */
  readonly chance: number;
}

const NEIGHBOURS = 10;
const LEAST_SEEN = 20; // a vector of a rarer word is mostly noise in every method

/**
 * Share of the ten nearest neighbours that are of the word's own class (verbs among verbs), by cosine, a mean over the
 * words that occur 20 times or more; with an interval over words. Only such words that have a class are neighbours.
 *
 * @param vectors [vocabulary, dimension] flattened
 * @returns undefined where fewer than 20 words have a class: another language, or a short text
 */
export function sameClass(
  vectors: Float32Array,
  { tokens, counts }: Pick<Vocabulary, "tokens" | "counts">,
  classes: ReadonlyMap<string, string>,
): SameClass | undefined {
  const dimension = vectors.length / tokens.length;
  const ids = [...tokens.keys()].filter((id) => classes.has(tokens[id]!) && counts[id]! >= LEAST_SEEN);
  if (ids.length < 2 * NEIGHBOURS) return undefined;
  const rows = new Float32Array(ids.length * dimension);
  for (const [row, id] of ids.entries())
    rows.set(vectors.subarray(id * dimension, (id + 1) * dimension), row * dimension);
  const cosines = cosineMatrix(rows, rows, { dimension });
  const names = ids.map((id) => classes.get(tokens[id]!)!);
  const scores = names.map((name, row) => {
    const similar = cosines.subarray(row * ids.length, (row + 1) * ids.length);
    similar[row] = Number.NEGATIVE_INFINITY; // no word is its own neighbour
    const least = similar.toSorted().at(-NEIGHBOURS)!;
    const nearest = names.filter((_, other) => similar[other]! >= least);
    return nearest.filter((other) => other === name).length / nearest.length;
  });
  const interval = bootstrapInterval(scores, { random: createRandom("same class"), resamples: 1000 });
  return { ...interval, words: ids.length, chance: chanceOf(names) };
}

function chanceOf(names: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum + (n / names.length) * ((n - 1) / (names.length - 1)), 0);
}
