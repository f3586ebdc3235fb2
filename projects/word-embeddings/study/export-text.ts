// The training text as skip-gram reads it, and the words' classes, for gensim: node study/export-text.ts FILE.json
import { writeFileSync } from "node:fs";
import { readWordClasses } from "../report/word-classes.ts";
import { config } from "../src/config.ts";
import { loadCorpus } from "../src/corpus.ts";

const settings = config.parse({});
const { vocabulary, ids } = await loadCorpus(settings, { offline: true });
const classes = Object.fromEntries([...readWordClasses()].filter(([word]) => vocabulary.ids.has(word)));
const text = Array.from(ids.train, (id) => vocabulary.tokens[id]!);
writeFileSync(
  process.argv[2]!,
  JSON.stringify({ settings, text, tokens: vocabulary.tokens, counts: vocabulary.counts, classes }),
);
