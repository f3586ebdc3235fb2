import type { Random } from "@course/core";

/** The words that a step's softmax runs over. */
export interface Candidates {
  /** [candidates] ids, each once: all targets of the batch, and words drawn by their frequency. */
  readonly ids: Int32Array;
  /** [batch] where among them each target is. */
  readonly targets: Int32Array;
  /** [candidates] −log of each one's chance to be among them: added to its logit. */
  readonly corrections: Float32Array;
}

export interface CandidateOptions {
  /** [vocabulary] share of each word in the text. */
  readonly shares: Float64Array;
  /** Words drawn beside the targets, with replacement. */
  readonly drawn: number;
  /** [tokens] the text: a random place in it is a word drawn by its frequency. */
  readonly text: Int32Array;
  readonly random: Random;
}

/**
 * Sampled softmax (Bengio & Senécal, 2003; Jean et al., 2015, section 3): a softmax over a few candidates whose logits
 * are raised by −log of the chance to be drawn has, on average, nearly the gradient of the softmax over all words.
 */
export function drawCandidates(targets: Int32Array, { shares, drawn, text, random }: CandidateOptions): Candidates {
  const places = new Map<number, number>();
  const place = (id: number) => {
    const known = places.get(id);
    if (known !== undefined) return known;
    places.set(id, places.size);
    return places.size - 1;
  };
  const targetPlaces = targets.map(place);
  for (let i = 0; i < drawn; i++) place(text[random.integer(0, text.length)]);
  const ids = Int32Array.from(places.keys());
  const draws = targets.length + drawn; // a target is a draw from the text, too
  return { ids, targets: targetPlaces, corrections: Float32Array.from(ids, (id) => correction(shares[id], draws)) };
}

/** −log of the chance that a word with this share of the text is among so many random words of it. */
export function correction(share: number, draws: number): number {
  // #solution 4.1 the chance is 1 − (1 − share)^draws; expm1 and log1p keep small shares exact
  return -Math.log(-Math.expm1(draws * Math.log1p(-share)));
  // #end
}
