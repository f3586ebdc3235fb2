import { cosineMatrix } from "./cosine-similarity.ts";
import { assertPositiveInteger } from "./input-checks.ts";
import { rankByScore } from "./ranking.ts";

export interface Neighbours {
  /** [min(k, rows)] row numbers, the most similar first; of equally similar ones the lower row first. */
  readonly indices: Uint32Array;
  /** Cosine similarity of each, in [−1, 1]. */
  readonly similarities: Float64Array;
}

export interface NeighbourOptions {
  readonly k: number;
  /** Rows to leave out, such as the query's own. */
  readonly exclude?: readonly number[];
}

/**
 * The k rows most similar to a vector by cosine.
 *
 * @param query [dimension]
 * @param vectors [rows, dimension] flattened.
 * @returns fewer than k where there are fewer rows; empty for no rows.
 * @throws ShapeError if the vectors are not whole rows of the query's dimension; RangeError for a k that is no
 *   positive integer or a value that is not finite.
 */
export function nearestNeighbours(
  query: ArrayLike<number>,
  vectors: ArrayLike<number>,
  { k, exclude = [] }: NeighbourOptions,
): Neighbours {
  assertPositiveInteger("nearestNeighbours k", k);
  const similarities = cosineMatrix(query, vectors, { dimension: query.length });
  const excluded = new Set(exclude);
  const indices = rankByScore(similarities)
    .filter((row) => !excluded.has(row))
    .slice(0, k);
  return { indices, similarities: Float64Array.from(indices, (row) => similarities[row]) };
}
