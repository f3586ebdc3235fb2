import { formatModelSummary, totalOf } from "../tools/model-summary/model-summary.ts";
import type { Trial } from "./trial.ts";

/** `--summary`: the model's layers, as `model.summary()` of Keras; nothing is trained or kept. */
export function showLayersTrial(): Trial {
  return {
    name: "summary",
    leavesNothing: true,
    batches: () => [],
    rate: (planned) => planned,
    step: () => {},
    async result({ layers = [] }) {
      const isKnown = layers.length > 0;
      const verdict = isKnown ? formatModelSummary(totalOf(layers)) : NOT_GIVEN;
      return { passed: isKnown, verdict, metrics: {}, figures: {} };
    },
  };
}

const NOT_GIVEN =
  "no summary: this project's networks are not made of layers; a training tells their number of parameters at its start";
