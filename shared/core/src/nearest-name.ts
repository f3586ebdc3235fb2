import { closest, distance } from "fastest-levenshtein";

/**
 * The candidate that a mistyped or shortened name means: the only one that begins with it, else the
 * nearest by Levenshtein distance; undefined where more than 40 % of its letters differ.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const beginning = candidates.filter((candidate) => name.length > 1 && candidate.startsWith(name));
  if (beginning.length === 1) return beginning[0];
  const nearest = closest(name, candidates);
  const isNear = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(1, 0.4 * nearest.length);
  return isNear ? nearest : undefined;
}

/** ` (did you mean "x"?)` for an error message, or the list of what there is. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? ` (there are: ${candidates.join(", ")})` : ` (did you mean "${nearest}"?)`;
}
