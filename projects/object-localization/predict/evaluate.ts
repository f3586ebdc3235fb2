import { join } from "node:path";
import { exitOnUserError } from "@course/core";
import { useBackend } from "@course/tf";
import { readJson } from "@course/train";
import { analyse } from "../src/analysis.ts";
import { config } from "../src/config.ts";
import { loadSplits } from "../src/data.ts";
import { judge } from "../src/evaluate.ts";
import { loadNetwork, readRequest } from "./saved-run.ts";

// A run's saved network on the test scenes again, with a table of where it fails.
await exitOnUserError(async () => {
  const { folder, dataFolder } = readRequest(process.argv.slice(2));
  const settings = readJson(join(folder, "config.json")) as { config: unknown };
  await useBackend();
  const { model } = await loadNetwork(folder);
  const { test } = await loadSplits(config.parse(settings.config), { dataFolder });
  const { ious, ...scores } = judge(model, test).scores;
  for (const [name, value] of Object.entries(scores)) console.log(`test/${name} ${value.toFixed(4)}`);
  for (const { label, bins } of analyse(test, ious)) {
    console.log(`\n| ${label} | scenes | mean IoU ± standard error |\n| --- | --- | --- |`);
    for (const { low, high, count, mean, standardError } of bins)
      console.log(`| ${low} to ${high} | ${count} | ${mean.toFixed(3)} ± ${standardError.toFixed(3)} |`);
  }
});
