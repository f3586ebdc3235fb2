import { svgToPng } from "@course/plots";
import type { EventWriter } from "./event-writer.ts";

/** Shows a figure in TensorBoard, which knows pictures of pixels only. */
export async function writeSample(
  events: EventWriter,
  { name, svg, step }: { name: string; svg: string; step: number },
): Promise<void> {
  events.image(`samples/${name}`, await svgToPng(svg), step);
  events.flush(); // the run may have written its last checkpoint already
}
