import { createRandom } from "@course/core";
import { MODELS, type ModelName } from "../src/config.ts";
import { type Examples, FORMS } from "../src/data.ts";
import { createModel, type Sizes } from "../src/models.ts";
import type { Vectors } from "../vectors/vectors.ts";

export { MODELS };

export const sizes = (changes: Partial<Sizes> = {}): Sizes => ({
  ...{ context: 2, dimension: 6, hidden: 16, units: 8, dropout: 0 },
  ...changes,
});

export const build = (name: ModelName, { seed = 1, ...changes }: Partial<Sizes> & { seed?: number } = {}) =>
  createModel(name, sizes(changes), createRandom(seed));

/** Ten words with random vectors; word 0 has none. */
export function vectors(dimension = 6, count = 10): Vectors {
  const random = createRandom(3);
  const values = Float32Array.from({ length: count * dimension }, (_, i) => (i < dimension ? 0 : random.normal()));
  return { values, dimension, words: Array.from({ length: count }, (_, i) => `w${i}`), source: "test" };
}

/** Gaps among random words. With a rule, the form follows from the word right before the gap and the one after it. */
export function examples(count: number, { context = 2, rule = false, seed = 1 } = {}): Examples {
  const random = createRandom(seed);
  const width = 2 * context;
  const contexts = Int32Array.from({ length: count * width }, () => random.integer(1, 10));
  const labelOf = (i: number) =>
    (contexts[i * width + context - 1]! + 3 * contexts[i * width + context]!) % FORMS.length;
  const labels = Uint8Array.from({ length: count }, (_, i) => (rule ? labelOf(i) : i % FORMS.length));
  return { contexts, labels, count, width };
}
