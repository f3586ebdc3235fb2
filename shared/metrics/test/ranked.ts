import fc from "fast-check";

/** Scores with many ties, and at least one example of each class. */
export const ranked = fc
  .array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.nat(1)), { maxLength: 30 })
  .map((pairs) => [...pairs, [0, 0] as [number, number], [1, 1] as [number, number]])
  .map((pairs) => ({ scores: pairs.map(([score]) => score), actual: pairs.map(([, label]) => label) }));
