import type { Random } from "@course/core";
import { NONE } from "./streams.ts";

/** The tokens that a step's softmax runs over. */
export interface Candidates {
  /** [candidates] ids, each once: all targets of the step, and tokens drawn from the text. */
  readonly ids: Int32Array;
  /** [n] where among them each target is, or NONE. */
  readonly targets: Int32Array;
  /** [candidates] −log of each one's chance to be among them: added to its logit. */
  readonly corrections: Float32Array;
}

/**
 * Sampled softmax (Bengio & Senécal, 2003; Jean et al., 2015, section 3): over a few candidates, their logits raised by
 * −log of the chance to be drawn, it has nearly the gradient of the softmax over all tokens, for a fraction of its work.
 *
 * @param shares [vocabulary] of each token in the text, above 0; a draw takes the token at a random place of `text`
 */
export function drawCandidates(
  targets: Int32Array,
  { shares, text, draws, random }: { shares: Float64Array; text: Int32Array; draws: number; random: Random },
): Candidates {
  const places = new Map<number, number>();
  const found = new Int32Array(targets.length).fill(NONE);
  // #solution 3.2 a place for each target, in order of appearance, then for `draws` tokens of the text; the targets' places
  const placeOf = (id: number) => {
    if (!places.has(id)) places.set(id, places.size);
    return places.get(id)!;
  };
  targets.forEach((target, i) => {
    if (target !== NONE) found[i] = placeOf(target);
  });
  for (let i = 0; i < draws; i++) placeOf(text[random.integer(0, text.length)]);
  // #end
  const all = draws + targets.filter((target) => target !== NONE).length; // the targets are draws from the text, too
  const ids = Int32Array.from(places.keys());
  const corrections = Float32Array.from(ids, (id) => -Math.log(-Math.expm1(all * Math.log1p(-shares[id]))));
  return { ids, targets: found, corrections };
}
