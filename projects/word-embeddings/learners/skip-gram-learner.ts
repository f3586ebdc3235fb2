import { assertShape, type Random } from "@course/core";
import { type Kernels, loadKernels } from "@course/kernels";
import type { Saveable } from "@course/train";
import type { Config } from "../src/config.ts";
import { GROUP, keepChance, NEGATIVES, negativeTable, type SkipGram } from "../src/skip-gram.ts";
import { learnPlaces, type Room } from "./learn-places.ts";
import type { Learner, Setup } from "./learner.ts";

const HIGH_RATE = 0.05; // twice word2vec's

/** Skip-gram, on the text thinned out anew in each epoch. */
export async function createSkipGramLearner({ corpus, config, random }: Setup): Promise<Learner> {
  const kernels = await loadKernels();
  const room = createRoom(kernels, config);
  const { vocabulary, ids } = corpus;
  const model = createSkipGram({
    ...{ vocabulary: vocabulary.tokens.length, dimension: config.dimension },
    ...{ random: random.stream("skip-gram"), allocate: kernels.allocate },
  });
  const table = negativeTable(vocabulary.counts, 2 ** 20);
  const highest = config.skipGramRate || Math.min(HIGH_RATE, 1 / stepsOnOne(table, config));
  const sampler = (text: Int32Array, random: Random) => {
    const kept = drawKept(text, { counts: vocabulary.counts, threshold: config.sample, random });
    return { text, kept, table, window: config.window, negatives: config.negatives };
  };
  let [thinned, thinnedIn] = [sampler(ids.train, random), 0];
  return {
    places: ids.train.length,
    parameters: model.vectors.length + model.outputs.length,
    parts: { skipGram: saveableSkipGram(model) },
    vectors: () => model.vectors,
    learn(indices, { epoch, rate, random: forStep }) {
      if (epoch !== thinnedIn) [thinned, thinnedIn] = [sampler(ids.train, random.stream(`thinned/${epoch}`)), epoch];
      return learnPlaces(model, room, indices, {
        ...thinned,
        random: forStep,
        rate: (highest * rate) / config.learningRate,
      });
    },
    validate() {
      const fixed = random.stream("validation"); // the same draws each time
      const places = Uint32Array.from(ids.validation.keys());
      return { loss: learnPlaces(model, room, places, { ...sampler(ids.validation, fixed), random: fixed, rate: 0 }) };
    },
  };
}

/**
 * How many steps a group adds up on the commonest negative, at most on average. Where a vocabulary has few words these
 * are many, and must be small not to overshoot.
 */
function stepsOnOne(table: Int32Array, { window, negatives }: Config): number {
  const counts = new Map<number, number>();
  for (const id of table) counts.set(id, (counts.get(id) ?? 0) + 1);
  const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 0);
  return GROUP * 2 * window * negatives * (most / table.length);
}

/** Room for a group with as many contexts as there can be, in the kernels' memory: they need not copy it. */
export function createRoom(kernels: Kernels, { dimension, window }: Pick<Config, "dimension" | "window">): Room {
  const { allocate } = kernels;
  const others = NEGATIVES + GROUP * 2 * window;
  return {
    kernels,
    dimension,
    words: allocate(GROUP * dimension),
    others: allocate(others * dimension),
    starts: new Int32Array(GROUP + 1),
    weights: new Float32Array(GROUP),
    scores: allocate(GROUP * others),
    wordSteps: allocate(GROUP * dimension),
    otherSteps: allocate(others * dimension),
    product: kernels.sgemm,
  };
}

export interface NewSkipGram {
  readonly vocabulary: number;
  readonly dimension: number;
  readonly random: Random;
  /** Where the vectors are to lie: a room's kernels copy what is not in their memory. */
  readonly allocate: Kernels["allocate"];
}

/** Vectors start uniform within ±1 / (2 · dimension), outputs at 0: all pairs as likely as not. */
export function createSkipGram({ vocabulary, dimension, random, allocate }: NewSkipGram): SkipGram {
  const half = 0.5 / dimension;
  const [vectors, outputs] = [allocate(vocabulary * dimension), allocate(vocabulary * dimension)];
  for (let i = 0; i < vectors.length; i++) vectors[i] = random.uniform(-half, half);
  return { dimension, vectors, outputs };
}

interface Thinning {
  readonly counts: readonly number[]; // [vocabulary]
  readonly threshold: number;
  readonly random: Random;
}

/** [tokens] 1 where an occurrence stays in the text this time; `<unk>` (id 0) never does. */
export function drawKept(text: Int32Array, { counts, threshold, random }: Thinning): Uint8Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const chances = counts.map((count, id) => (id === 0 ? 0 : keepChance(count / total, threshold)));
  return Uint8Array.from(text, (id) => Number(random.uniform() < chances[id]));
}

/** Both vectors of every word, for a checkpoint. */
export function saveableSkipGram({ vectors, outputs }: SkipGram): Saveable {
  return {
    state: () => ({ arrays: { vectors, outputs } }),
    restore({ arrays }) {
      for (const saved of [arrays.vectors, arrays.outputs])
        assertShape("checkpoint of skip-gram", [saved?.length ?? 0], { numbers: vectors.length });
      vectors.set(arrays.vectors);
      outputs.set(arrays.outputs);
    },
  };
}
