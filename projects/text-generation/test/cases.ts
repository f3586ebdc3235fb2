import { createRandom, type Random } from "@course/core";
import { tf } from "@course/tf";
import { createNetwork } from "../src/model.ts";
import type { Reader } from "../src/reader.ts";
import { arrangeStreams } from "../src/streams.ts";

/** A network of a few hundred weights. */
export function small({
  model = "lstm" as "lstm" | "gru",
  units = 6,
  embedding = 6,
  vocabularySize = 11,
  dropout = 0,
  seed = 1,
} = {}) {
  return createNetwork({ model, units, embedding, vocabularySize, dropout }, createRandom(seed));
}

/** [length] ids from 1 up: `<unk>` does not occur. */
export const randomText = (length: number, vocabularySize: number, random: Random) =>
  Int32Array.from({ length }, () => random.integer(1, vocabularySize));

export const memoryOf = ({ states, units }: { states: number; units: number }, batch: number) =>
  Array.from({ length: states }, () => tf.variable(tf.zeros([batch, units]), false));

export const streamsOf = (texts: Int32Array[], batchSize: number, time: number) =>
  arrangeStreams(texts, { batchSize, time });

/**
 * A language model without a network: the next token depends on the last one by a table [vocabulary, vocabulary] of
 * probabilities. Counts how often it is asked.
 */
export class TableReader implements Reader {
  readonly vocabularySize: number;
  calls = 0;
  readonly #table: readonly (readonly number[])[];
  constructor(table: readonly (readonly number[])[]) {
    this.#table = table;
    this.vocabularySize = table.length;
  }
  #rows(last: readonly number[]) {
    this.calls++;
    const logs = last.flatMap((token) => this.#table[token]!.map((p) => Math.log(p)));
    return { logProbabilities: Float32Array.from(logs), rows: last.length };
  }
  start(prompt: ArrayLike<number>) {
    return this.#rows([prompt[prompt.length - 1] ?? 0]);
  }
  advance(parents: readonly number[], tokens: readonly number[]) {
    if (parents.length !== tokens.length) throw new RangeError("parents and tokens: expected as many of each");
    return this.#rows(tokens);
  }
  dispose() {}
}

/** A language model that would say the same over and over: 0.9 for the loop's next token, the rest shared by all. */
export class LoopReader implements Reader {
  readonly vocabularySize: number;
  #places: number[] = []; // of each row in the loop
  readonly #loop: readonly number[];
  constructor(vocabularySize: number, loop: readonly number[]) {
    this.vocabularySize = vocabularySize;
    this.#loop = loop;
  }
  #step() {
    const logs = this.#places.flatMap((place) => {
      const row = Array<number>(this.vocabularySize).fill(Math.log(0.1 / this.vocabularySize));
      row[this.#loop[place % this.#loop.length]!] = Math.log(0.9);
      return row;
    });
    return { logProbabilities: Float32Array.from(logs), rows: this.#places.length };
  }
  start() {
    this.#places = [0];
    return this.#step();
  }
  advance(parents: readonly number[]) {
    this.#places = parents.map((parent) => this.#places[parent]! + 1);
    return this.#step();
  }
  dispose() {}
}

/** Rows that sum to 1, most of their mass on few tokens. */
export function randomTable(size: number, random: Random): number[][] {
  return Array.from({ length: size }, () => {
    const weights = Array.from({ length: size }, () => random.uniform(0.01, 1) ** 3);
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / sum);
  });
}
