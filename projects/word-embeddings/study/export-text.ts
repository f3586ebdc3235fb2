import { exitOnUserError, UserError } from "@course/core";
import { parsePathsAndFlags, writeJson } from "@course/train";
import { readWordClasses } from "../report/word-classes.ts";
import { config } from "../src/config.ts";
import { loadCorpus } from "../src/corpus.ts";

await exitOnUserError(async () => {
  const { paths } = parsePathsAndFlags(process.argv.slice(2), {
    call: "node study/export-text.ts",
    paths: "FILE.json",
    does: "Writes the training text as skip-gram reads it, and the words' classes, for gensim.",
    flags: {},
  });
  const [file, ...more] = paths;
  if (file === undefined || !file.endsWith(".json") || more.length > 0)
    throw new UserError(`export-text: expected one FILE.json to write, received ${paths.join(" ") || "none"}`);
  const settings = config.parse({});
  const { vocabulary, ids } = await loadCorpus(settings, { offline: true });
  const classes = Object.fromEntries([...readWordClasses()].filter(([word]) => vocabulary.ids.has(word)));
  const text = Array.from(ids.train, (id) => vocabulary.tokens[id]!);
  writeJson(file, { settings, text, tokens: vocabulary.tokens, counts: vocabulary.counts, classes });
});
