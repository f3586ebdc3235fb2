/**
 * exp(mean negative log-likelihood), in [1, ∞): how many equally likely tokens the model is left to
 * choose among; 1 is certainty, the vocabulary's size is chance (Jelinek et al., 1977).
 *
 * @param meanNegativeLogLikelihood in nats per token: the cross-entropy loss as `logLoss` gives it, averaged
 *   over tokens (not over batches).
 * @throws RangeError for NaN or a negative value.
 */
export function perplexity(meanNegativeLogLikelihood: number): number {
  if (meanNegativeLogLikelihood >= 0) return Math.exp(meanNegativeLogLikelihood);
  const cause = Number.isNaN(meanNegativeLogLikelihood)
    ? "a mean over no tokens?"
    : "a log-likelihood of the other sign?";
  throw new RangeError(
    `perplexity: expected a mean negative log-likelihood ≥ 0 in nats, received ${meanNegativeLogLikelihood} (${cause})`,
  );
}
