import * as data from "@course/data";
import type { Config } from "./config.ts";
import { buildGrid, type Grid, TARGET_LENGTH } from "./grid.ts";
import { canGiveSide } from "./loss.ts";

export interface Splits extends data.SceneSplits {
  readonly grid: Grid;
}

const ROWS = 2;
const COLUMNS = 3;

const LIMITS: data.SceneLimits = {
  multiples: [4 * ROWS, 4 * COLUMNS], // the networks halve the image twice, then divide it into cells
  canGive: (box, image) => canGiveSide(box.height, image.height, ROWS) && canGiveSide(box.width, image.width, COLUMNS),
};
const SCENES = { name: "detection-scenes", seed: "object-detection", limits: LIMITS };

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
  if (dataset === "folder") assertGrids({ ...splits, train: splits.train(1) }, grid);
  return { ...splits, grid };
}

/** @throws UserError for a scene that `buildGrid` refuses: now, and not in the middle of the training */
function assertGrids(splits: Readonly<Record<"train" | "validation" | "test", data.Scenes>>, grid: Grid): void {
  for (const split of ["train", "validation", "test"] as const)
    splits[split].objects.forEach((objects, i) => {
      buildGrid(objects, grid, `${split}, scene ${i}`);
    });
}

/** The grids of these scenes, one after the other: [indices.length, rows, columns, 6] flat. @throws UserError as `buildGrid` */
export function gatherTargets({ objects }: data.Scenes, indices: ArrayLike<number>, grid: Grid): Float32Array {
  const length = grid.rows * grid.columns * TARGET_LENGTH;
  const gathered = new Float32Array(indices.length * length);
  for (let i = 0; i < indices.length; i++)
    gathered.set(buildGrid(objects[indices[i]], grid, `scene ${indices[i]}`), i * length);
  return gathered;
}
