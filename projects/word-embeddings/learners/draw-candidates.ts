import type { Random } from "@course/core";
import { type Candidates, correction } from "../src/candidates.ts";

export interface CandidateOptions {
  /** [vocabulary] share of each word in the text. */
  readonly shares: Float64Array;
  /** Words drawn beside the targets, with replacement. */
  readonly drawn: number;
  /** [tokens] the text: a random place in it is a word drawn by its frequency. */
  readonly text: Int32Array;
  readonly random: Random;
}

/** The targets [batch], in order of appearance, then the words drawn. */
export function drawCandidates(targets: Int32Array, { shares, drawn, text, random }: CandidateOptions): Candidates {
  const places = new Int32Array(shares.length).fill(-1);
  const found: number[] = [];
  const place = (id: number) => {
    if (places[id]! < 0) places[id] = found.push(id) - 1;
    return places[id]!;
  };
  const targetPlaces = targets.map(place);
  for (let i = 0; i < drawn; i++) place(text[random.integer(0, text.length)]!);
  const ids = Int32Array.from(found);
  const draws = targets.length + drawn; // a target is a draw from the text, too
  return { ids, targets: targetPlaces, corrections: Float32Array.from(ids, (id) => correction(shares[id]!, draws)) };
}
