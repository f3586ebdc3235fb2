import type { Scenes } from "@course/data";
import { type Box, iou } from "@course/metrics";

/** Mean IoU of always answering with the training boxes' mean. */
export function meanBoxIou(train: Scenes, { objects }: Scenes): number {
  const boxes = train.objects.flatMap((scene) => scene.map(({ box }) => box));
  const mean = [0, 1, 2, 3].map((i) => boxes.reduce((sum, box) => sum + box[i], 0) / boxes.length) as unknown as Box;
  const ious = objects.flatMap((scene) => scene.map(({ box }) => iou(mean, box)));
  return ious.reduce((sum, value) => sum + value, 0) / ious.length;
}
