import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createRandom, exitOnUserError } from "@course/core";
import { replaceFile, writeJson } from "@course/train";
import { loadFloat32 } from "../arithmetic/float32.ts";
import { loadSplits } from "../src/data.ts";
import { comparePair, everyMatch, summarise } from "./compare.ts";
import { drawStudy } from "./figures.ts";
import { type Flags, readFlags } from "./flags.ts";
import { atEqualLoss, curveOf, strongestWithinOneError } from "./match.ts";
import { type Regulariser, type Trained, trainOne } from "./train-one.ts";

const L1_LAMBDAS = [3e-6, 1e-5, 3e-5, 1e-4, 3e-4];
const L2_LAMBDAS = [3e-5, 1e-4, 3e-4, 1e-3, 3e-3];

type Train = (regulariser: Regulariser, lambda: number) => Trained[];

/** Trains one setting with every seed; each seed has its own split, weights and order, the same for all settings. */
async function prepare({ epochs, seeds, limit }: Flags) {
  const arithmetic = await loadFloat32();
  const load = (seed: number) => loadSplits("fashion-mnist", createRandom(seed).stream("split"), { limit });
  const splits = await Promise.all(seeds.map(load));
  const train: Train = (regulariser, lambda) =>
    seeds.map((seed, i) => {
      const trained = trainOne({ regulariser, lambda, seed, epochs }, splits[i]!, arithmetic);
      const { trainLoss, validationLoss, nearZero } = trained.run;
      const losses = `training ${trainLoss.toFixed(4)} · validation ${validationLoss.toFixed(4)}`;
      console.log(`${regulariser} ${lambda} seed ${seed}: ${losses} · near zero ${nearZero.toFixed(4)}`);
      return trained;
    });
  return { train, provenance: splits[0]!.provenance };
}

/**
 * λ of L1 and L2 against loss and weights near zero. L1's representative follows the
 * one-standard-error rule; the L2 of equal validation loss is found by interpolation and then
 * trained, so that the pair is measured, not interpolated.
 */
function study(train: Train) {
  const none = train("none", 0);
  const l1 = L1_LAMBDAS.map((lambda) => train("l1", lambda));
  const l2 = L2_LAMBDAS.map((lambda) => train("l2", lambda));
  const runs = [none, ...l1, ...l2].flat().map(({ run }) => run);
  const chosen = strongestWithinOneError(curveOf(runs, "l1"), curveOf(runs, "none")[0]!);
  const match = atEqualLoss(curveOf(runs, "l2"), chosen.validationLoss);
  const matched = train("l2", Number(match.lambda.toPrecision(3)));
  return { runs, none, l1: l1[L1_LAMBDAS.indexOf(chosen.lambda)]!, matched, isExact: match.isExact };
}

await exitOnUserError(async () => {
  const flags = readFlags(process.argv.slice(2));
  const { train, provenance } = await prepare(flags);
  const { runs, none, l1, matched, isExact } = study(train);
  const runsOf = (trained: readonly Trained[]) => trained.map(({ run }) => run);
  const pair = comparePair(runsOf(l1), runsOf(matched));
  const { source: _, skipped: __, ...dataset } = provenance;
  const folder = join(flags.out, "study");
  mkdirSync(folder, { recursive: true });
  writeJson(join(flags.out, "study.json"), {
    ...{ epochs: flags.epochs, seeds: flags.seeds, dataset, node: process.version },
    matchedBy: isExact ? "interpolation, then trained" : "nearest λ: no L2 reaches this validation loss",
    none: summarise(runsOf(none)),
    pair,
    everyMatch: everyMatch(runs),
    runs: [...runs, ...runsOf(matched)],
  });
  const figures = await drawStudy(runs, [
    { name: "none", runs: runsOf(none), weights: none[0]!.weights },
    { name: `L1 ${pair.l1.lambda.toExponential()}`, runs: runsOf(l1), weights: l1[0]!.weights },
    { name: `L2 ${pair.l2.lambda.toExponential()}`, runs: runsOf(matched), weights: matched[0]!.weights },
  ]);
  for (const [name, svg] of Object.entries(figures)) replaceFile(join(folder, `${name}.svg`), svg);
  const { l1: ofL1, l2: ofL2 } = pair;
  console.log(
    `L1 ${ofL1.lambda} and L2 ${ofL2.lambda}: validation loss ${ofL1.validationLoss.mean.toFixed(4)} and ${ofL2.validationLoss.mean.toFixed(4)},`,
  );
  console.log(
    `near zero ${ofL1.nearZero.mean.toFixed(4)} and ${ofL2.nearZero.mean.toFixed(4)}: ${pair.nearZeroRatio.toFixed(1)} times as many`,
  );
});
