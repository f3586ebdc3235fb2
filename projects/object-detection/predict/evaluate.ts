import { join } from "node:path";
import { exitOnUserError, UserError } from "@course/core";
import { areOnPixels } from "@course/data";
import { useBackend } from "@course/tf";
import { FLAG_TEXTS, parsePathsAndFlags, readRunSettings, resolveUserPath, savedRunFolder } from "@course/train";
import { judge, score } from "../report/score.ts";
import { config } from "../src/config.ts";
import { loadSplits } from "../src/data.ts";
import { openDetector } from "./saved-detector.ts";

await exitOnUserError(async () => {
  const { run, out, data } = FLAG_TEXTS;
  const { flags } = parsePathsAndFlags(process.argv.slice(2), {
    call: "pnpm --filter object-detection run evaluate",
    does: "Judges a run's saved network on the test scenes again.",
    flags: { run, out, data },
  });
  const folder = savedRunFolder("object-detection", flags);
  const settings = readRunSettings(folder, config).config;
  await useBackend();
  const { model, grid, classes } = await openDetector(join(folder, "model"));
  const dataFolder = flags.data === undefined ? undefined : resolveUserPath(flags.data);
  const { train, test, grid: ofScenes } = await loadSplits(settings, { dataFolder });
  if (JSON.stringify([ofScenes, test.classes]) !== JSON.stringify([grid, classes]))
    throw new UserError(
      `${folder}: expected scenes of ${grid.height}×${grid.width} pixels with the classes ${classes.join(", ")}, received ${ofScenes.height}×${ofScenes.width} with ${test.classes.join(", ")} (--data of another run?)`,
    );
  const { scores, unrounded } = judge(model, test, { grid, onPixels: areOnPixels(train(1)) });
  const { mAP, mAP50, mAP75 } = scores;
  const mAPUnrounded = score(unrounded, test).mAP;
  for (const [name, value] of Object.entries({ mAP, mAP50, mAP75, mAPUnrounded }))
    console.log(`test/${name} ${value.toFixed(4)}`);
});
