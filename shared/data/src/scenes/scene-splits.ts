import { createRandom } from "@course/core";
import type { LoadOptions, Provenance } from "../loaders/loaded.ts";
import { assertObjects } from "./assert-objects.ts";
import { createSceneMaker, makeScenes } from "./make-scenes.ts";
import { readOwnScenes, type SceneLimits } from "./own-scenes.ts";
import type { SceneOptions, Scenes } from "./scene.ts";
import { loadSceneDigits } from "./scene-digits.ts";
import { scenesHash } from "./scene-set.ts";

export interface SceneSplits {
  /** The training scenes of an epoch: composed anew for each, or always a user's own. */
  readonly train: (epoch: number) => Scenes;
  readonly validation: Scenes;
  readonly test: Scenes;
  readonly provenance: Provenance;
}

export interface SceneSource {
  /** "folder": a user's own scenes, in `dataFolder`. */
  readonly dataset: "digits" | "mnist" | "folder";
  /** The digits to compose from; all ten by default. */
  readonly classes?: readonly number[];
  readonly plan: SceneOptions;
  /** Bends the training digits, so that a few of them are more (`SceneOptions.warp`); 0 by default. */
  readonly trainWarp?: number;
  /** Training scenes of an epoch. */
  readonly scenes: number;
  /** Validation scenes; twice as many test. */
  readonly heldOut: number;
  /** For the provenance: "localization-scenes". */
  readonly name: string;
  /** Scenes of different seeds differ. */
  readonly seed: string;
  /** What a user's own scenes must keep to. */
  readonly limits?: SceneLimits;
}

/**
 * Scenes to train, validate and test. The digits are split before they are composed, so no digit is in
 * two splits; the scenes are the same for every run, whose own seed decides on weights and order only.
 *
 * @throws UserError as `loadSceneDigits`, for so few scenes that all of a split are empty, or as `readOwnScenes` for a
 *   user's own
 */
export async function loadSceneSplits(source: SceneSource, options: LoadOptions = {}): Promise<SceneSplits> {
  const { dataset, classes, plan, trainWarp = 0, scenes, heldOut, name, seed } = source;
  if (dataset === "folder") {
    const { train, ...others } = await readOwnScenes(options.dataFolder, source.limits);
    return { train: () => train, ...others };
  }
  const { provenance, ...digits } = await loadSceneDigits({ ...options, dataset, ...(classes && { classes }) });
  const makeTrain = createSceneMaker(digits.train, { ...plan, warp: trainWarp });
  const composeTrain = (epoch: number) => makeTrain(scenes, createRandom(`${seed}/train/${epoch}`));
  const first = composeTrain(1); // kept: ten thousand take a second, and they are asked for six times
  const compose = (split: "validation" | "test", count: number) =>
    makeScenes(digits[split], { ...plan, count }, createRandom(`${seed}/${split}`));
  const held = { validation: compose("validation", heldOut), test: compose("test", 2 * heldOut) };
  const all = { train: first, ...held };
  for (const [split, of] of Object.entries(all)) assertObjects(split, of);
  const sha256 = scenesHash(all);
  const origin = `composed from ${provenance.name}: ${provenance.source}`;
  const train = (epoch: number) => (epoch === 1 ? first : composeTrain(epoch));
  return { train, ...held, provenance: { ...provenance, name, source: origin, sha256 } };
}
