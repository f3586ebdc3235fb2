import { createRandom, exitOnUserError } from "@course/core";
import { barChart } from "@course/plots";
import { useBackend } from "@course/tf";
import { replaceFile } from "@course/train";
import { config } from "../src/config.ts";
import { loadSplits } from "../src/data.ts";
import { type Flags, readFlags } from "./flags.ts";
import { type Row, summarise } from "./statistics.ts";
import { StudyFile } from "./study-file.ts";
import { studyTable } from "./table.ts";
import { trainOne } from "./train-one.ts";
import { BASE, VARIANTS } from "./variants.ts";

const ALL = [BASE, ...VARIANTS];

/** Trains what the file lacks. A quarter of the training images validates, or no effect could be seen. */
async function measure({ dataset, epochs, seeds, limit, out }: Flags): Promise<StudyFile> {
  const settings = config.parse({ dataset, epochs });
  const load = (seed: number) =>
    loadSplits(settings, createRandom(seed).stream("split"), { limit, validationShare: 1 / 4 });
  const { train, validation, provenance } = await load(seeds[0]!);
  const [count, held] = [train.shape[0], validation.shape[0]];
  const file = new StudyFile(out, { dataset, sha256: provenance.sha256, epochs, train: count, validation: held });
  for (const seed of seeds) {
    const splits = await load(seed);
    for (const variant of ALL) {
      if (file.find(variant, seed)) continue;
      const measured = trainOne({ ...settings, ...variant.change }, seed, splits);
      file.add(variant, seed, measured);
      const { validationAccuracy, seconds } = measured;
      const name = `${variant.axis}: ${variant.name}, seed ${seed}`;
      console.log(`${name}: validation/accuracy ${validationAccuracy.toFixed(4)} in ${seconds.toFixed(1)} s`);
    }
  }
  return file;
}

/** Effects as dots with their intervals, in the order of the table. */
function drawEffects(rows: readonly Row[], { dataset, seeds }: Flags): Promise<string> {
  const bars = rows.flatMap(({ axis, name, effect }) =>
    effect
      ? [{ name: `${axis}: ${name}`, value: Number(effect.mean.toFixed(5)), low: effect.low, high: effect.high }]
      : [],
  );
  return barChart({
    title: `What one change does, ${dataset}`,
    subtitle: `accuracy minus that of the default settings, mean and 95 % interval over ${seeds.length} seeds`,
    yLabel: "difference in validation accuracy",
    bars,
    fromZero: false,
  });
}

await exitOnUserError(async () => {
  const flags = readFlags(process.argv.slice(2));
  await useBackend();
  const file = await measure(flags);
  const chosen = file.runs.filter(({ seed }) => flags.seeds.includes(seed));
  const rows = ALL.map((variant) => summarise(variant, chosen));
  file.write({ seeds: flags.seeds, rows });
  const { dataset, epochs, train, validation } = file.settings;
  const table = studyTable(rows);
  const about = `${dataset}: ${epochs} epochs on ${train} images, accuracy on ${validation} others, seeds ${flags.seeds.join(", ")}.`;
  const stem = file.path.slice(0, -".json".length);
  replaceFile(
    `${stem}.md`,
    `# What one change does\n\n${about}\nThe effect is the accuracy minus that of the default settings with the same seed.\n\n${table}\n`,
  );
  replaceFile(`${stem}.svg`, await drawEffects(rows, flags));
  console.log(`\n${table}\n\n${file.path}`);
});
