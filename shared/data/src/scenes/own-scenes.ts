import { UserError } from "@course/core";
import type { Provenance } from "../loaders/loaded.ts";
import { assertObjects } from "./assert-objects.ts";
import { readScenes } from "./read-scenes.ts";
import type { Scenes } from "./scene.ts";
import { scenesHash } from "./scene-set.ts";

type ByName = Readonly<Record<"train" | "validation" | "test", Scenes>>;

/** What a network asks of scenes. */
export interface SceneLimits {
  /** Objects in a scene, at most. */
  readonly mostObjects?: number;
  /** Numbers that divide height and width. */
  readonly multiples?: readonly [ofHeight: number, ofWidth: number];
  /** Whether the network can give a box such sides at all, in pixels of an image of height × width. */
  readonly canGive?: (sides: Sides, size: Sides) => boolean;
}

interface Sides {
  readonly height: number;
  readonly width: number;
}

/**
 * A user's own scenes, as `readScenes` takes them: the splits train, validation and test of one folder.
 *
 * @param folder a run's `--data`
 * @throws UserError without a folder, or as `readScenes` and `assertLearnable`
 */
export async function readOwnScenes(
  folder: string | undefined,
  limits: SceneLimits = {},
): Promise<ByName & { readonly provenance: Provenance }> {
  if (folder === undefined)
    throw new UserError("--dataset folder: expected --data DIR with the scenes of train, validation and test");
  const train = await readScenes(folder, "train"); // one split after the other: their files need not be in memory together
  const splits = { train, validation: await readScenes(folder, "validation"), test: await readScenes(folder, "test") };
  assertLearnable(splits, limits);
  const notice = boxesOutOfReach(splits, limits);
  if (notice) process.stderr.write(`note: ${notice}\n`);
  const sha256 = scenesHash(splits);
  const provenance = { name: "own-scenes", source: `folder ${folder}`, sha256, isSubset: false, skipped: [] };
  return { ...splits, provenance };
}

/** @throws UserError for empty scenes only, too many objects in one, another size than in train or one that the network cannot take, other classes, or one that is not trained */
export function assertLearnable(
  splits: ByName,
  { mostObjects = Number.POSITIVE_INFINITY, multiples = [1, 1] }: SceneLimits = {},
): void {
  const seen = labelsOf(splits.train);
  const [, ...expected] = splits.train.shape;
  for (const [name, scenes] of Object.entries(splits)) {
    const { objects, classes } = scenes;
    const [, height, width] = scenes.shape;
    const crowded = objects.findIndex(({ length }) => length > mostObjects);
    if (crowded >= 0)
      throw new UserError(
        `${name}, scene ${crowded}: expected at most ${mostObjects} object${mostObjects === 1 ? "" : "s"}, received ${objects[crowded].length} (scenes for another project?)`,
      );
    assertObjects(name, scenes);
    const size = `${height}×${width}`;
    if (height !== expected[0] || width !== expected[1])
      throw new UserError(`${name}: expected images of ${expected[0]}×${expected[1]} as in train, received ${size}`);
    if (height % multiples[0] !== 0 || width % multiples[1] !== 0)
      throw new UserError(
        `${name}: expected a height that ${multiples[0]} divides and a width that ${multiples[1]} divides, received ${size} (pad the images?)`,
      );
    if (classes.join() !== splits.train.classes.join())
      throw new UserError(
        `${name}: expected the classes of train (${splits.train.classes.join(", ")}), received ${classes.join(", ")} (classes numbered for each split by itself?)`,
      );
    const unseen = [...labelsOf(scenes)].find((label) => !seen.has(label));
    if (unseen !== undefined)
      throw new UserError(
        `${name}: class ${classes[unseen]} occurs here, but in no training scene: nothing to learn it from`,
      );
  }
}

/** How many boxes are smaller or larger than the network's answers can be; undefined if none is. */
export function boxesOutOfReach(splits: ByName, { canGive = () => true }: SceneLimits): string | undefined {
  const boxes = Object.values(splits).flatMap(({ objects, shape: [, height, width] }) =>
    objects
      .flat()
      .map(({ box: [xMin, yMin, xMax, yMax] }) =>
        canGive({ height: yMax - yMin, width: xMax - xMin }, { height, width }),
      ),
  );
  const count = boxes.filter((isGiven) => !isGiven).length;
  if (count === 0) return undefined;
  return `${count} of ${boxes.length} boxes are smaller or larger than any that the network can answer: it will miss their edges (cut or scale the images?)`;
}

function labelsOf({ objects }: Scenes): Set<number> {
  return new Set(objects.flatMap((scene) => scene.map(({ label }) => label)));
}
