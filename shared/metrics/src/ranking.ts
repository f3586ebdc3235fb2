/** Indices of the scores from the highest to the lowest; of equal scores the earlier first. */
export function rankByScore(scores: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
}
