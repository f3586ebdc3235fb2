import { ShapeError } from "@course/core";

export interface BackoffTableOptions {
  /** Ids in the contexts and targets are below this. */
  readonly vocabularySize: number;
  /**
   * Columns of the context that each level looks at, the most trusted first; the last one should be `[]`, which
   * always has an answer. For a context of two tokens before: trigram `[[0, 1], [1], []]`, bigram `[[1], []]`.
   */
  readonly levels: readonly (readonly number[])[];
  /** A target that is never the answer, such as `<unk>`'s id. */
  readonly never?: number;
  /** A level answers for contexts that it saw so many times. Default 1; the last level always answers. */
  readonly minSeen?: number;
}

interface Examples {
  readonly contexts: Int32Array; // [count, width] flattened
  readonly targets: ArrayLike<number>; // [count]
  readonly width: number;
}

interface Level {
  readonly columns: readonly number[];
  readonly keys: Float64Array; // sorted
  readonly answers: Int32Array; // the most frequent target of each key
}

/** Counting in place of learning: the most frequent target of a context that was seen in training. */
export interface BackoffTable {
  /** contexts [count, width] → [count] targets; −1 where no level has seen the context. */
  predict(contexts: Int32Array): Int32Array;
}

/**
 * Answers with the target that followed the context most often; a context that was never seen is looked up by
 * fewer of its columns. Of equally frequent targets the lower id wins, which is the commoner word.
 *
 * @throws ShapeError for contexts of another width; RangeError where keys would leave 2⁵³.
 */
export function fitBackoffTable(examples: Examples, options: BackoffTableOptions): BackoffTable {
  const { width } = examples;
  const levels = options.levels.map((columns, i) => {
    const minSeen = i === options.levels.length - 1 ? 1 : (options.minSeen ?? 1);
    return fitLevel(examples, columns, { ...options, minSeen });
  });
  return {
    predict(contexts) {
      if (contexts.length % width !== 0)
        throw new ShapeError(
          `BackoffTable.predict: expected contexts [count, width=${width}], received ${contexts.length} ids`,
        );
      return Int32Array.from({ length: contexts.length / width }, (_, row) => {
        for (const { columns, keys, answers } of levels) {
          const at = indexOfSorted(keys, keyOf(contexts, row * width, columns, options.vocabularySize));
          if (at >= 0) return answers[at]!;
        }
        return -1;
      });
    },
  };
}

function fitLevel(
  { contexts, targets, width }: Examples,
  columns: readonly number[],
  options: BackoffTableOptions & { readonly minSeen: number },
): Level {
  const { vocabularySize } = options;
  if (vocabularySize ** (columns.length + 1) > Number.MAX_SAFE_INTEGER)
    throw new RangeError(
      `fitBackoffTable: expected keys below 2⁵³, received ${columns.length} columns of ${vocabularySize} ids and a target`,
    );
  const pairs = Float64Array.from(
    { length: targets.length },
    (_, row) => keyOf(contexts, row * width, columns, vocabularySize) * vocabularySize + targets[row]!,
  );
  return { columns, ...mostFrequent(pairs.sort(), options) };
}

/** Sorted pairs key · size + target → each key's most frequent target, for the keys that have one. */
function mostFrequent(
  pairs: Float64Array,
  { vocabularySize: size, never, minSeen }: BackoffTableOptions & { readonly minSeen: number },
): { keys: Float64Array; answers: Int32Array } {
  const [keys, answers] = [new Float64Array(pairs.length), new Int32Array(pairs.length)];
  let found = 0;
  for (let start = 0, end = 0; start < pairs.length; start = end) {
    const key = Math.floor(pairs[start]! / size);
    let [answer, most] = [-1, 0];
    for (let run = start; end < pairs.length && Math.floor(pairs[end]! / size) === key; run = end) {
      while (end < pairs.length && pairs[end] === pairs[run]) end++;
      const target = pairs[run]! - key * size;
      if (target !== never && end - run > most) [answer, most] = [target, end - run];
    }
    if (answer < 0 || end - start < minSeen) continue;
    keys[found] = key;
    answers[found++] = answer;
  }
  return { keys: keys.slice(0, found), answers: answers.slice(0, found) };
}

function keyOf(contexts: Int32Array, start: number, columns: readonly number[], size: number): number {
  let key = 0;
  for (let i = 0; i < columns.length; i++) key = key * size + contexts[start + columns[i]!]!;
  return key;
}

/** Index of a value in a sorted array, −1 if it is not there. */
function indexOfSorted(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = sorted[middle]!;
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
