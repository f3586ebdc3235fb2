import type { Check } from "./check.ts";
import { number } from "./format.ts";

/** The same example in two splits: one is one too many, as an exact copy is no estimate. */
export const leak: Check = {
  id: "leak",
  explains: ["validation-better"],
  find({ dataset }, { duplicates = {} }) {
    const shared = Object.entries(duplicates).filter(([, count]) => count > 0);
    if (shared.length === 0) return undefined;
    const counts = shared.map(([pair, count]) => `${number(count)} in ${pair}`);
    const sizes = Object.entries(dataset ?? {}).filter(([, size]) => typeof size === "number");
    const of = sizes.map(([split, size]) => `${number(size)} ${split}`).join(", ");
    return {
      sign: "the same example in two splits",
      evidence: `${counts.join(", ")}${of && ` (of ${of})`}`,
      cause:
        "The model is asked what it was told: remove the copies, and split by origin (person, document, photograph) before anything is augmented or resampled",
    };
  },
};
