import type { Random } from "@course/core";
import { GROUP, type Group, learnNegatives, learnPair, NEGATIVES, type SkipGram } from "../src/skip-gram.ts";

export interface Sampler {
  readonly text: Int32Array; // [tokens]
  /** [tokens] 1 where an occurrence stays in the text. */
  readonly kept: Uint8Array;
  readonly table: Int32Array; // of negativeTable
  /** At most so many words on each side are context: 1 … window, drawn for each place. */
  readonly window: number;
  /** Negatives for each pair of the text. */
  readonly negatives: number;
  readonly rate: number; // learning rate
  readonly random: Random;
}

/** Learns from the words at these places of the text; returns the mean loss of a pair with its negatives. */
export function learnPlaces(model: SkipGram, group: Group, places: Uint32Array, sampler: Sampler): number {
  const kept = places.filter((place) => sampler.kept[place]);
  let [loss, pairs] = [0, 0];
  for (let start = 0; start < kept.length; start += GROUP) {
    const learnt = learnGroup(model, group, kept.subarray(start, start + GROUP), sampler);
    loss += learnt.loss;
    pairs += learnt.pairs;
  }
  return pairs === 0 ? 0 : loss / pairs;
}

function learnGroup(model: SkipGram, group: Group, places: Uint32Array, sampler: Sampler) {
  const { text, table, negatives, rate, random } = sampler;
  const { vectors, outputs, dimension } = model;
  group.wordSteps.fill(0);
  group.weights.fill(0); // also of rows that the last group leaves empty
  const drawn = Int32Array.from({ length: NEGATIVES }, () => table[random.integer(0, table.length)]);
  for (const [i, id] of drawn.entries())
    group.negatives.set(outputs.subarray(id * dimension, (id + 1) * dimension), i * dimension);
  const words = Int32Array.from(places, (place) => text[place]);
  for (const [i, id] of words.entries())
    group.words.set(vectors.subarray(id * dimension, (id + 1) * dimension), i * dimension);
  let [loss, pairs] = [0, 0];
  for (const [row, place] of places.entries()) {
    const change = group.wordSteps.subarray(row * dimension, (row + 1) * dimension);
    const contexts = contextsAt(place, sampler);
    for (const context of contexts) loss += learnPair(model, { word: words[row], context, rate }, change);
    group.weights[row] = (contexts.length * negatives) / NEGATIVES;
    pairs += contexts.length;
  }
  loss += learnNegatives(group, rate);
  addRows(outputs, drawn, group.negativeSteps, dimension);
  addRows(vectors, words, group.wordSteps, dimension);
  return { loss, pairs };
}

/** Adds row i of `steps` to row ids[i]; an id that is there twice gets both. */
function addRows(rows: SkipGram["vectors"], ids: Int32Array, steps: Float32Array, dimension: number): void {
  for (const [i, id] of ids.entries())
    for (let j = 0; j < dimension; j++) rows[id * dimension + j] += steps[i * dimension + j];
}

/** The nearest words on both sides, of those that are kept. */
function contextsAt(place: number, { text, kept, window, random }: Sampler): number[] {
  const reach = random.integer(1, window + 1);
  const contexts: number[] = [];
  for (const direction of [-1, 1])
    for (let found = 0, i = place + direction; found < reach && i >= 0 && i < text.length; i += direction)
      if (kept[i]) found = found + Math.min(1, contexts.push(text[i]));
  return contexts;
}
