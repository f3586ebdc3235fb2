import type { Scenes } from "@course/data";
import type { Box } from "@course/metrics";
import { cellOf, type Grid } from "../src/grid.ts";
import type { Detection } from "../src/suppress.ts";
import { score } from "./score.ts";

/** mAP of always finding, in each cell, the mean box and the commonest class of the training scenes' objects there. */
export function meanBoxesScore(train: Scenes, scenes: Scenes, grid: Grid): number {
  const inCells = Map.groupBy(train.objects.flat(), ({ box }) => cellOf(box, grid));
  const always = [...inCells.values()].map((objects): Detection => {
    const box = [0, 1, 2, 3].map((side) => objects.reduce((sum, object) => sum + object.box[side], 0) / objects.length);
    const byLabel = [...Map.groupBy(objects, ({ label }) => label)].sort(([, a], [, b]) => b.length - a.length);
    return { box: box as unknown as Box, label: byLabel[0][0], score: objects.length / train.objects.length };
  });
  return score(
    scenes.objects.map(() => always),
    scenes,
  ).mAP;
}
