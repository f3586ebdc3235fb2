import type { Check } from "./check.ts";
import { number } from "./format.ts";
import { type Reading, totalNorm } from "./history.ts";

// Times the first step's norm. Softmax's own gradient is at most √2, and that of MSE grows as the root of the
// loss: tenfold, in a step that costs twice as much as the first, means that the weights have grown.
const EXPLODED = 10;
const RECOVERED = 0.5; // of the first step's loss: a spike that was survived is no failure

/** The gradient grew tenfold, or is not finite, in a step whose loss was at least twice the first one's, and the run has not recovered. */
export const explodingGradient: Check = {
  id: "exploding-gradient",
  explains: ["dead-units", "zero-gradient", "stuck-loss", "worse-than-baseline", "double-softmax"],
  find({ firstReading, jumps, epochs }) {
    const latest = epochs.at(-1);
    if (latest && latest.steps.tail.loss < RECOVERED * epochs[0].steps.firstLoss) return undefined;
    const start = firstReading ? totalNorm(firstReading) : Number.NaN;
    const reading = jumps.find((jump) => {
      const norm = totalNorm(jump);
      return !Number.isFinite(norm) || norm > EXPLODED * start;
    });
    if (!reading) return undefined;
    const layer = worstLayer(reading);
    return {
      sign: "the gradient explodes",
      evidence: `norm ${number(totalNorm(reading))} at step ${reading.step}, ${number(start)} at step 1; most of it in ${layer}; loss ${number(reading.loss)}`,
      cause:
        "Likely the learning rate is too high (try 10 times less), or the initial weights or the targets too large; clipping by norm, and warm-up, also help; if only the loss is not finite, look for log 0 or a division by 0",
      epoch: reading.epoch,
      step: reading.step,
    };
  },
};

/** The first layer whose gradient is not finite, else the one with the largest. */
function worstLayer({ layers }: Reading): string {
  const rank = ({ gradientNorm = 0 }: Reading["layers"][number]) =>
    Number.isFinite(gradientNorm) ? gradientNorm : Number.POSITIVE_INFINITY;
  return layers.reduce((worst, layer) => (rank(layer) > rank(worst) ? layer : worst)).name;
}
