import type { Random } from "@course/core";
import { PCA } from "ml-pca";
import { UMAP } from "umap-js";

export type Points = readonly (readonly [x: number, y: number])[];

/** Rows as points of the plane in which they vary most (principal components). */
export function pcaMap(rows: readonly (readonly number[])[]): Points {
  const projected = new PCA(rows.map((row) => [...row])).predict(
    rows.map((row) => [...row]),
    { nComponents: 2 },
  );
  return projected.to2DArray().map(([x = 0, y = 0]) => [x, y] as const);
}

/** Rows as points that keep neighbours together (McInnes et al., 2018), from cosine distances. */
export function umapMap(rows: readonly (readonly number[])[], random: Random): Points {
  const nNeighbors = Math.min(12, rows.length - 1);
  const umap = new UMAP({ nComponents: 2, nNeighbors, minDist: 0.3, random: () => random.uniform() });
  return umap.fit(rows.map(unit)).map(([x = 0, y = 0]) => [x, y] as const);
}

/** Of length 1: then Euclidean distance orders as cosine does. */
function unit(row: readonly number[]): number[] {
  const length = Math.hypot(...row) || 1;
  return row.map((value) => value / length);
}
