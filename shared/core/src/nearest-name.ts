import { closest, distance } from "fastest-levenshtein";

/**
 * The candidate nearest to a mistyped name, or undefined where none is near enough to be meant
 * (more than 40 % of its letters differ, by Levenshtein distance).
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(name, candidates);
  const isNear = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(1, 0.4 * nearest.length);
  return isNear ? nearest : undefined;
}

/** ` (did you mean "x"?)` for an error message, or the list of what there is. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? ` (there are: ${candidates.join(", ")})` : ` (did you mean "${nearest}"?)`;
}
