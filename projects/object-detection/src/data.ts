import { createRandom, UserError } from "@course/core";
import * as data from "@course/data";
import type { Config } from "./config.ts";
import { buildGrid, type Grid, TARGET_LENGTH } from "./grid.ts";

/** Scenes with the grid of each: [count, rows, columns, 6] flat. */
export interface GridScenes extends data.Scenes {
  readonly targets: Float32Array;
}

export interface Splits {
  /** The training scenes of an epoch: composed anew for each, or always a user's own. */
  readonly train: (epoch: number) => GridScenes;
  readonly validation: GridScenes;
  readonly test: GridScenes;
  readonly grid: Grid;
  readonly provenance: data.Provenance;
}

const ROWS = 2;
const COLUMNS = 3;

type Source = Pick<Config, "dataset" | "classes" | "objects" | "scenes" | "heldOut">;

/**
 * Scenes of digits, one centre in each cell at most. The digits are split before they are composed, so no
 * digit is in two splits; the scenes are the same for every seed of a run, which decides on weights and order.
 *
 * @throws UserError for a user's folder with damaged, empty or unfit scenes
 */
export async function loadSplits(source: Source, options: data.LoadOptions): Promise<Splits> {
  const { dataset, classes, objects, scenes, heldOut } = source;
  if (dataset === "folder") return readSplits(options.dataFolder);
  const labels = Array.from({ length: classes }, (_, label) => label);
  const { provenance, ...digits } = await data.loadSceneDigits({ ...options, dataset, classes: labels });
  const plan = { ...data.DETECTION_SCENES, cells: [ROWS, COLUMNS] as const, objects: { min: 0, max: objects } };
  const grid = gridOf([plan.height, plan.width]);
  const random = (name: string) => createRandom(`object-detection/${name}`);
  const makeTrain = data.createSceneMaker(digits.train, plan);
  const train = (epoch: number) => withGrids("train", makeTrain(scenes, random(`train/${epoch}`)), grid);
  const compose = (split: "validation" | "test", count: number) =>
    withGrids(split, data.makeScenes(digits[split], { ...plan, count }, random(split)), grid);
  const held = { validation: compose("validation", heldOut), test: compose("test", 2 * heldOut) };
  const sha256 = data.scenesHash({ train: train(1), ...held });
  const origin = `composed from ${provenance.name}: ${provenance.source}`;
  return { train, ...held, grid, provenance: { ...provenance, name: "detection-scenes", source: origin, sha256 } };
}

const gridOf = ([height, width]: readonly [number, number]): Grid => ({ rows: ROWS, columns: COLUMNS, height, width });

/** @throws UserError for a scene that `buildGrid` refuses */
export function withGrids(split: string, scenes: data.Scenes, grid: Grid): GridScenes {
  const length = grid.rows * grid.columns * TARGET_LENGTH;
  const targets = new Float32Array(scenes.objects.length * length);
  scenes.objects.forEach((objects, i) => {
    targets.set(buildGrid(objects, grid, `${split}, scene ${i}`), i * length);
  });
  return { ...scenes, targets };
}

/** The grids of these scenes, one after the other. */
export function gatherTargets({ targets, objects }: GridScenes, indices: ArrayLike<number>): Float32Array {
  const length = targets.length / objects.length;
  const gathered = new Float32Array(indices.length * length);
  for (let i = 0; i < indices.length; i++)
    gathered.set(targets.subarray(indices[i] * length, (indices[i] + 1) * length), i * length);
  return gathered;
}

/** A user's own scenes, as `readScenes` takes them. */
async function readSplits(folder: string | undefined): Promise<Splits> {
  if (folder === undefined)
    throw new UserError("--dataset folder: expected --data DIR with the scenes of train, validation and test");
  const names = ["train", "validation", "test"] as const;
  const [train, validation, test] = await Promise.all(names.map((split) => data.readScenes(folder, split)));
  assertLearnable({ train, validation, test });
  const grid = gridOf([train.shape[1], train.shape[2]]);
  const sha256 = data.scenesHash({ train, validation, test });
  const provenance = { name: "own-scenes", source: `folder ${folder}`, sha256, isSubset: false, skipped: [] };
  const [own, ...held] = [train, validation, test].map((scenes, i) => withGrids(names[i], scenes, grid));
  return { train: () => own, validation: held[0], test: held[1], grid, provenance };
}

/** @throws UserError for empty scenes only, sizes that differ or cannot be divided, or a class that is not trained */
export function assertLearnable(splits: Readonly<Record<"train" | "validation" | "test", data.Scenes>>): void {
  const labelsOf = ({ objects }: data.Scenes) => new Set(objects.flatMap((scene) => scene.map(({ label }) => label)));
  const seen = labelsOf(splits.train);
  for (const [name, scenes] of Object.entries(splits)) {
    const [, height, width] = scenes.shape;
    if (scenes.objects.every((scene) => scene.length === 0))
      throw new UserError(`${name}: expected scenes with objects, received empty ones only: there is no box to learn`);
    const [size, expected] = [`${height}×${width}`, `${splits.train.shape[1]}×${splits.train.shape[2]}`];
    if (size !== expected) throw new UserError(`${name}: expected images of ${expected} as in train, received ${size}`);
    if (height % (4 * ROWS) !== 0 || width % (4 * COLUMNS) !== 0)
      throw new UserError(
        `${name}: expected a height that 8 divides and a width that 12 divides, received ${size} (pad the images?)`,
      );
    const unseen = [...labelsOf(scenes)].find((label) => !seen.has(label));
    if (unseen !== undefined)
      throw new UserError(
        `${name}: class ${scenes.classes[unseen]} occurs here, but in no training scene: nothing to learn it from`,
      );
  }
}
