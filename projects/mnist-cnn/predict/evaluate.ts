import { createRandom, exitOnUserError } from "@course/core";
import { wilsonInterval } from "@course/metrics";
import { useBackend } from "@course/tf";
import { FLAG_TEXTS, parsePathsAndFlags, readRunSettings, resolveUserPath, savedRunFolder } from "@course/train";
import { config as schema } from "../src/config.ts";
import { loadSplits } from "../src/data.ts";
import { evaluate } from "../src/evaluate.ts";
import { loadNetwork } from "../src/save.ts";

await exitOnUserError(async () => {
  const { run, out, data } = FLAG_TEXTS;
  const { flags } = parsePathsAndFlags(process.argv.slice(2), {
    call: "pnpm --filter mnist-cnn run evaluate",
    does: "Judges a run's saved network on the test images again, with the 95 % interval of its accuracy.",
    flags: { run, out, data },
  });
  const folder = savedRunFolder("mnist-cnn", flags);
  const dataFolder = flags.data === undefined ? undefined : resolveUserPath(flags.data);
  const { seed, config } = readRunSettings(folder, schema);
  const limit = config.limit || undefined;
  const { test } = await loadSplits(config, createRandom(seed).stream("split"), { dataFolder, limit });
  await useBackend();
  const { model } = await loadNetwork(folder);
  const { accuracy, loss } = evaluate(model, test);
  const count = test.shape[0];
  const { low, high } = wilsonInterval(Math.round(accuracy * count), count);
  const range = `95 % interval ${low.toFixed(4)} to ${high.toFixed(4)}`;
  console.log(`test/accuracy ${accuracy.toFixed(4)} (${range}, ${count} images) · test/loss ${loss.toFixed(4)}`);
});
