import { findRateTrial } from "./find-rate.ts";
import { overfitTrial } from "./overfit.ts";
import { showLayersTrial } from "./show-layers.ts";
import type { Trial } from "./trial.ts";

const TRIALS = { overfit: overfitTrial, findRate: findRateTrial, summary: showLayersTrial };

/** The trial that a flag asks for. */
export function createTrial(name: Trial["name"]): Trial {
  return TRIALS[name]();
}
