import { createRandom } from "@course/core";
import { beamSearch, score } from "../src/beam.ts";
import { createReader } from "../src/reader.ts";
import { type Choice, drawWith, greedy, keepNucleus, keepTop } from "../src/sample.ts";
import { continueText } from "./continue-text.ts";
import type { Settings } from "./flags.ts";
import { noRepetition } from "./repetition.ts";
import { BLOCKED, LENGTH } from "./report.ts";
import type { SavedNetwork } from "./saved-network.ts";

export interface Written {
  readonly text: readonly number[];
  /** Of beam search. */
  readonly score?: number;
}

/** What follows the prompt: one text, or the best hypotheses of a beam. */
export function writeText(
  { network, vocabulary, level }: SavedNetwork,
  prompt: readonly number[],
  settings: Settings,
): Written[] {
  const { method, width, lengthPenalty, count, seed } = settings;
  const blocking = noRepetition(settings.block ?? BLOCKED, { level, vocabulary });
  const stopAt = settings.sentence ? new Set([".", "!", "?"].map((mark) => vocabulary.ids.get(mark) ?? -1)) : undefined;
  const ending = { length: settings.length ?? LENGTH[level], ...blocking, ...(stopAt && { stopAt }) };
  const reader = createReader(network);
  try {
    if (method === "beam")
      return beamSearch(reader, prompt, { ...ending, width, lengthPenalty })
        .slice(0, Math.min(count, width)) // texts that ended are kept beside the width
        .map((one) => ({ text: one.tokens, score: score(one, lengthPenalty) }));
    const random = createRandom(seed);
    return Array.from({ length: method === "greedy" ? 1 : count }, () => ({
      text: continueText(reader, prompt, { ...ending, choose: choiceOf(settings, random) }),
    }));
  } finally {
    reader.dispose();
  }
}

/** Top-k first, then nucleus, then the draw, as most programs do. */
function choiceOf({ method, topK, topP, temperature }: Settings, random: ReturnType<typeof createRandom>): Choice {
  if (method === "greedy") return greedy;
  const draw = drawWith(random, temperature);
  return (logP) => {
    const top = topK > 0 ? keepTop(logP, topK) : logP;
    return draw(topP < 1 ? keepNucleus(top, topP) : top);
  };
}
