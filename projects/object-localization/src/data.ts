import { createRandom, UserError } from "@course/core";
import * as data from "@course/data";
import type { Config } from "./config.ts";

export interface Splits {
  /** The training scenes of an epoch: composed anew for each, or always a user's own. */
  readonly train: (epoch: number) => data.Scenes;
  readonly validation: data.Scenes;
  readonly test: data.Scenes;
  readonly provenance: data.Provenance;
}

type Source = Pick<Config, "dataset" | "scenes" | "heldOut">;

/**
 * Scenes of one digit or none. The digits are split before they are composed, so no digit is in two
 * splits; the scenes are the same for every seed of a run, which decides on weights and order only.
 *
 * @throws UserError for a user's folder with damaged, empty or unfit scenes
 */
export async function loadSplits({ dataset, scenes, heldOut }: Source, options: data.LoadOptions): Promise<Splits> {
  if (dataset === "folder") return readSplits(options.dataFolder);
  const { provenance, ...digits } = await data.loadSceneDigits({ ...options, dataset });
  const makeTrain = data.createSceneMaker(digits.train, data.LOCALIZATION_SCENES);
  const train = (epoch: number) => makeTrain(scenes, createRandom(`object-localization/train/${epoch}`));
  const compose = (split: "validation" | "test", count: number) =>
    data.makeScenes(
      digits[split],
      { ...data.LOCALIZATION_SCENES, count },
      createRandom(`object-localization/${split}`),
    );
  const held = { validation: compose("validation", heldOut), test: compose("test", 2 * heldOut) };
  const sha256 = data.scenesHash({ train: train(1), ...held });
  const source = `composed from ${provenance.name}: ${provenance.source}`;
  return { train, ...held, provenance: { ...provenance, name: "localization-scenes", source, sha256 } };
}

/** A user's own scenes, as `readScenes` takes them, in the folders train, validation and test. */
async function readSplits(folder: string | undefined): Promise<Splits> {
  if (folder === undefined)
    throw new UserError("--dataset folder: expected --data DIR with the folders train, validation and test");
  const [train, validation, test] = await Promise.all(
    ["train", "validation", "test"].map((split) => data.readScenes(folder, split)),
  );
  assertLearnable({ train, validation, test });
  const sha256 = data.scenesHash({ train, validation, test });
  const provenance = { name: "own-scenes", source: `folder ${folder}`, sha256, isSubset: false, skipped: [] };
  return { train: () => train, validation, test, provenance };
}

/** @throws UserError for scenes without a digit or with several, of another size, or with a class that is not trained. */
export function assertLearnable(splits: Readonly<Record<"train" | "validation" | "test", data.Scenes>>): void {
  const labelsOf = ({ objects }: data.Scenes) => new Set(objects.flatMap((scene) => scene.map(({ label }) => label)));
  const seen = labelsOf(splits.train);
  for (const [name, { objects, shape, classes }] of Object.entries(splits)) {
    const crowded = objects.findIndex((scene) => scene.length > 1);
    if (crowded >= 0)
      throw new UserError(
        `${name}, scene ${crowded}: expected at most one object, received ${objects[crowded].length} (scenes of object-detection?)`,
      );
    if (objects.every((scene) => scene.length === 0))
      throw new UserError(
        `${name}: expected scenes with an object, received empty ones only: there is no box to learn`,
      );
    const [size, expected] = [shape, splits.train.shape].map(([, height, width]) => `${height}×${width}`);
    if (size !== expected) throw new UserError(`${name}: expected images of ${expected} as in train, received ${size}`);
    const unseen = [...labelsOf({ objects } as data.Scenes)].find((label) => !seen.has(label));
    if (unseen !== undefined)
      throw new UserError(
        `${name}: class ${classes[unseen]} occurs here, but in no training scene: nothing to learn it from`,
      );
  }
}
