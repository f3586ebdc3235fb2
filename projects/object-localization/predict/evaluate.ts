import { join } from "node:path";
import { exitOnUserError, UserError } from "@course/core";
import { areOnPixels } from "@course/data";
import { useBackend } from "@course/tf";
import { FLAG_TEXTS, parsePathsAndFlags, readRunSettings, resolveUserPath, savedRunFolder } from "@course/train";
import { analyse } from "../report/difficulties.ts";
import { config } from "../src/config.ts";
import { loadSplits } from "../src/data.ts";
import { judge } from "../src/evaluate.ts";
import { openNetwork } from "./saved-network.ts";

await exitOnUserError(async () => {
  const { run, out, data } = FLAG_TEXTS;
  const { flags } = parsePathsAndFlags(process.argv.slice(2), {
    call: "pnpm --filter object-localization run evaluate",
    does: "Judges a run's saved network on the test scenes again, and says where it fails.",
    flags: { run, out, data },
  });
  const folder = savedRunFolder("object-localization", flags);
  const settings = readRunSettings(folder, config).config;
  await useBackend();
  const { model, size, classes } = await openNetwork(join(folder, "model"));
  const dataFolder = flags.data === undefined ? undefined : resolveUserPath(flags.data);
  const { train, test } = await loadSplits(settings, { dataFolder });
  const [, ...shape] = test.shape;
  if (shape[0] !== size[0] || shape[1] !== size[1] || test.classes.join() !== classes.join())
    throw new UserError(
      `${folder}: expected scenes of ${size.join("×")} pixels with the classes ${classes.join(", ")}, received ${shape[0]}×${shape[1]} with ${test.classes.join(", ")} (--data of another run?)`,
    );
  const { scores: all, iouUnrounded } = judge(model, test, areOnPixels(train(1)));
  const { ious, ...scores } = all;
  for (const [name, value] of Object.entries({ ...scores, iouUnrounded }))
    console.log(`test/${name} ${value.toFixed(4)}`);
  for (const { label, bins } of analyse(test, ious)) {
    console.log(`\n| ${label} | scenes | mean IoU ± standard error |\n| --- | --- | --- |`);
    for (const { low, high, count, mean, standardError } of bins)
      console.log(`| ${low} to ${high} | ${count} | ${mean.toFixed(3)} ± ${standardError.toFixed(3)} |`);
  }
});
