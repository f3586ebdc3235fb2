// The training text as skip-gram reads it, and the words' classes, for gensim: node study/export-text.ts FILE.json
import { exitOnUserError, UserError } from "@course/core";
import { resolveUserPath, writeJson } from "@course/train";
import { readWordClasses } from "../report/word-classes.ts";
import { config } from "../src/config.ts";
import { loadCorpus } from "../src/corpus.ts";

await exitOnUserError(async () => {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || !file.endsWith(".json") || more.length > 0)
    throw new UserError(
      `export-text: expected one FILE.json to write, received ${process.argv.slice(2).join(" ") || "none"}`,
    );
  const settings = config.parse({});
  const { vocabulary, ids } = await loadCorpus(settings, { offline: true });
  const classes = Object.fromEntries([...readWordClasses()].filter(([word]) => vocabulary.ids.has(word)));
  const text = Array.from(ids.train, (id) => vocabulary.tokens[id]!);
  writeJson(resolveUserPath(file), { settings, text, tokens: vocabulary.tokens, counts: vocabulary.counts, classes });
});
