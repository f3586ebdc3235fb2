/**
 * The words that a step's softmax runs over, a sampled softmax (Bengio & Senécal, 2003; Jean et al., 2015, section 3): over
 * a few candidates whose logits are raised by −log of the chance to be drawn, it has, on average, nearly the gradient of the
 * softmax over all words.
 */
export interface Candidates {
  /** [candidates] ids, each once: all targets of the batch, and words drawn by their frequency. */
  readonly ids: Int32Array;
  /** [batch] where among them each target is. */
  readonly targets: Int32Array;
  /** [candidates] −log of each one's chance to be among them: added to its logit. */
  readonly corrections: Float32Array;
}

/** −log of the chance that a word with this share of the text is among so many random words of it. */
export function correction(share: number, draws: number): number {
  // #solution 4.1 the chance is 1 − (1 − share)^draws; expm1 and log1p keep small shares exact
  return -Math.log(-Math.expm1(draws * Math.log1p(-share)));
  // #end
}
