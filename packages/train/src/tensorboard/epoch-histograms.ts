import type { LayerProbe } from "../doctor/layer-reading.ts";
import type { Saveable } from "../saveable.ts";
import type { EventWriter } from "./event-writer.ts";
import { writeStateHistograms } from "./state-histograms.ts";

export interface EpochDistributions {
  /** The tracked part of this name, if the project has one. */
  readonly model: Saveable | undefined;
  /** With the gradients of the epoch's last step. */
  readonly layers: readonly LayerProbe[];
}

/** Weights as `model/array`, and the gradients of a layer's parameters together as `gradients/layer`. */
export function writeEpochHistograms(events: EventWriter, { model, layers }: EpochDistributions, step: number): void {
  if (model) writeStateHistograms(events, { model }, step);
  for (const { name, gradients = [] } of layers) {
    if (gradients.length === 0) continue;
    events.histogram(`gradients/${name}`, gradients.length === 1 ? gradients[0]! : joined(gradients), step);
  }
  events.flush();
}

function joined(gradients: readonly ArrayLike<number>[]): Float64Array {
  const values = new Float64Array(gradients.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const gradient of gradients) {
    values.set(gradient, at);
    at += gradient.length;
  }
  return values;
}
