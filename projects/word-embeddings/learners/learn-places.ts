import type { Random } from "@course/core";
import type { Kernels } from "@course/kernels";
import { GROUP, type Group, learnGroup, NEGATIVES, type SkipGram } from "../src/skip-gram.ts";

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

/** What a group is worked out in. */
export interface Room extends Group {
  readonly kernels: Pick<Kernels, "takeRows" | "addRows">;
}

/**
 * Learns from the words at these places of the text; returns the mean loss of a pair with its negatives.
 *
 * @param room a group with as many others as there can be
 */
export function learnPlaces(model: SkipGram, room: Room, places: Uint32Array, sampler: Sampler): number {
  const kept = places.filter((place) => sampler.kept[place]);
  let [loss, pairs] = [0, 0];
  for (let start = 0; start < kept.length; start += GROUP) {
    const learnt = learnFrom(model, room, kept.subarray(start, start + GROUP), sampler);
    loss += learnt.loss;
    pairs += learnt.pairs;
  }
  return pairs === 0 ? 0 : loss / pairs;
}

function learnFrom({ vectors, outputs, dimension }: SkipGram, room: Room, places: Uint32Array, sampler: Sampler) {
  const { text, table, negatives, rate, random } = sampler;
  const words = Int32Array.from(places, (place) => text[place]);
  const others = Array.from({ length: NEGATIVES }, () => table[random.integer(0, table.length)]);
  room.weights.fill(0); // also of rows that the last group leaves empty
  room.starts.fill(NEGATIVES);
  for (const [row, place] of places.entries()) {
    const before = others.length;
    addContexts(place, sampler, others);
    room.weights[row] = ((others.length - before) * negatives) / NEGATIVES;
    room.starts.fill(others.length, row + 1);
  }
  const group = {
    ...room,
    others: room.others.subarray(0, others.length * dimension),
    scores: room.scores.subarray(0, GROUP * others.length),
    otherSteps: room.otherSteps.subarray(0, others.length * dimension),
  };
  const { kernels } = room;
  const ofWords = { table: vectors, ids: words, n: dimension };
  const ofOthers = { table: outputs, ids: Int32Array.from(others), n: dimension };
  const whole = words.length * dimension; // less than room for the last words of a batch
  kernels.takeRows({ ...ofWords, rows: group.words.subarray(0, whole) });
  kernels.takeRows({ ...ofOthers, rows: group.others });
  const loss = learnGroup(group, rate);
  kernels.addRows({ ...ofOthers, rows: group.otherSteps });
  kernels.addRows({ ...ofWords, rows: group.wordSteps.subarray(0, whole) });
  return { loss, pairs: others.length - NEGATIVES };
}

/** Appends the nearest words on both sides, of those that are kept. */
function addContexts(place: number, { text, kept, window, random }: Sampler, contexts: number[]): void {
  const reach = random.integer(1, window + 1);
  for (const direction of [-1, 1])
    for (let found = 0, i = place + direction; found < reach && i >= 0 && i < text.length; i += direction)
      if (kept[i]) {
        contexts.push(text[i]);
        found++;
      }
}
