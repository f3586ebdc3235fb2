import { fitBackoffTable } from "@course/data";
import { majorityClass } from "@course/metrics";
import { type Examples, FORMS } from "../src/data.ts";

/** What needs no network: [count] answers on `test` of the commonest form, and of a table of (previous, next) words. */
export function predictBaselines({ train, test, words }: { train: Examples; test: Examples; words: number }) {
  const majority = new Uint32Array(test.count).fill(majorityClass(train.labels));
  const table = fitBackoffTable(
    { contexts: neighbours(train), targets: train.labels, width: 2 },
    { vocabularySize: Math.max(words, FORMS.length), levels: [[0, 1], [0], [1], []] }, // both neighbours, the one before, the one after, neither
  );
  return { "majority form": majority, "count table": Uint32Array.from(table.predict(neighbours(test))) };
}

/** [count, 2] the words right before and after each gap. */
function neighbours({ contexts, count, width }: Examples): Int32Array {
  const middle = width / 2;
  return Int32Array.from({ length: 2 * count }, (_, i) => contexts[(i >> 1) * width + middle - 1 + (i & 1)]);
}
