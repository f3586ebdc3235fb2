import type { Saveable } from "../saveable.ts";
import type { EventWriter } from "./event-writer.ts";

/**
 * A histogram of every float array of every part, tagged `part/array`: weights after an epoch, or
 * gradients and moments if the parts hold them.
 */
export function writeStateHistograms(
  writer: EventWriter,
  parts: Readonly<Record<string, Saveable>>,
  step: number,
): void {
  for (const [part, saveable] of Object.entries(parts)) {
    for (const [name, array] of Object.entries(saveable.state().arrays)) {
      if (array instanceof Float32Array || array instanceof Float64Array)
        writer.histogram(`${part}/${name}`, array, step);
    }
  }
}
