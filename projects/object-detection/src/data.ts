import * as data from "@course/data";
import type { Config } from "./config.ts";
import { buildGrid, type Grid, TARGET_LENGTH } from "./grid.ts";

/** Scenes with the grid of each: [count, rows, columns, 6] flat. */
export interface GridScenes extends data.Scenes {
  readonly targets: Float32Array;
}

export interface Splits extends data.SceneSplits {
  readonly train: (epoch: number) => GridScenes;
  readonly validation: GridScenes;
  readonly test: GridScenes;
  readonly grid: Grid;
}

const ROWS = 2;
const COLUMNS = 3;

const SCENES = {
  ...{ name: "detection-scenes", seed: "object-detection" },
  limits: { multiples: [4 * ROWS, 4 * COLUMNS] }, // the networks halve the image twice, then divide it into cells
} as const;

type Source = Pick<Config, "dataset" | "classes" | "objects" | "scenes" | "heldOut">;

/**
 * Scenes of digits, one centre in each cell at most, as `loadSceneSplits` composes or reads them.
 *
 * @throws UserError for a user's folder with damaged, empty or unfit scenes
 */
export async function loadSplits(source: Source, options: data.LoadOptions): Promise<Splits> {
  const { dataset, classes: numClasses, objects, scenes, heldOut } = source;
  const plan = { ...data.DETECTION_SCENES, cells: [ROWS, COLUMNS] as const, objects: { min: 0, max: objects } };
  const classes = Array.from({ length: numClasses }, (_, label) => label);
  const splits = await data.loadSceneSplits({ dataset, scenes, heldOut, plan, classes, ...SCENES }, options);
  const [, height, width] = splits.validation.shape;
  const grid = { rows: ROWS, columns: COLUMNS, height, width };
  return {
    train: (epoch) => withGrids("train", splits.train(epoch), grid),
    validation: withGrids("validation", splits.validation, grid),
    test: withGrids("test", splits.test, grid),
    ...{ grid, provenance: splits.provenance },
  };
}

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
