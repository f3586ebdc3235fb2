import { sha256 } from "@noble/hashes/sha2.js";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** All that a generator needs to go on where it was; plain JSON. */
export interface RandomState {
  readonly key: string;
  readonly words: readonly number[];
}

/** A seeded generator (xoroshiro128+). Equal seeds give equal draws on every machine. */
export interface Random {
  /** Uniform in [low, high), by default [0, 1). */
  uniform(low?: number, high?: number): number;
  /** Normal, by default of mean 0 and standard deviation 1 (Box & Muller, 1958). */
  normal(mean?: number, standardDeviation?: number): number;
  /** Uniform integer in [low, high): `high` itself is never drawn. */
  integer(low: number, high: number): number;
  /** Shuffles in place (Fisher–Yates) and returns the same array. */
  shuffle<T extends { [index: number]: unknown; length: number }>(items: T): T;
  /** One item, each equally likely. Throws a RangeError for an empty list. */
  choice<T>(items: ArrayLike<T>): T;
  /**
   * A generator of its own for one purpose ("weights", "shuffle/3"). It depends on the seed and on
   * the names that led to it only, not on how much was drawn before: adding a draw in one place
   * changes nothing in another.
   */
  stream(name: string): Random;
  state(): RandomState;
}

/** @param seed any integer or text; each gives an unrelated sequence. */
export function createRandom(seed: number | string): Random {
  return fromKey(String(seed));
}

/** Goes on exactly where `state()` was taken. */
export function restoreRandom({ key, words }: RandomState): Random {
  const source = xoroshiro128plusFromState(words);
  const uniform = (low = 0, high = 1) => low + (high - low) * uniformFloat64(source);
  const integer = (low: number, high: number) => {
    if (!(high > low)) throw new RangeError(`integer: expected low < high, received [${low}, ${high})`);
    return uniformInt(source, low, high - 1);
  };
  return {
    uniform,
    integer,
    normal(mean = 0, standardDeviation = 1) {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform())); // 1 − u lies in (0, 1]: no log 0
      return mean + standardDeviation * radius * Math.cos(2 * Math.PI * uniform());
    },
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(0, i + 1);
        [items[i], items[j]] = [items[j], items[i]];
      }
      return items;
    },
    choice(items) {
      if (items.length === 0) throw new RangeError("choice: expected at least one item, received none");
      return items[integer(0, items.length)]!;
    },
    stream: (name) => fromKey(`${key}/${name}`),
    state: () => ({ key, words: [...source.getState()] }),
  };
}

function fromKey(key: string): Random {
  const hash = sha256(new TextEncoder().encode(key));
  const view = new DataView(hash.buffer, hash.byteOffset);
  return restoreRandom({ key, words: [0, 4, 8, 12].map((offset) => view.getInt32(offset)) });
}
