import { lineChart } from "@course/plots";
import { OverfitWatch } from "../tools/overfit-one-batch.ts";
import { isStillFalling } from "../tools/overfit-reasons.ts";
import type { Trial } from "./trial.ts";

const LARGEST = 1e30; // beyond it a diverging loss says no more, and no axis is drawn
const EXAMPLES = 32; // any sound model learns so few by heart
const TARGET = 0.02; // of the first loss: with ten classes the right one then has a probability of 0.95
const [USUAL_STEPS, MOST_STEPS] = [300, 1_000]; // a loss that still falls gets more

/**
 * `--overfit`: the first examples of the first epoch, again and again. The rate climbs with the
 * project's warm-up but never falls: a schedule for thousands of steps is not this check's.
 */
export function overfitTrial(): Trial {
  const watch = new OverfitWatch({ target: TARGET, steps: MOST_STEPS });
  const isHopeless = () => watch.losses.length >= USUAL_STEPS && !isStillFalling(watch.losses);
  let highest = 0;
  return {
    name: "overfit",
    repeatsStep: true,
    *batches(order, batchSize) {
      while (!watch.hasEnded && !isHopeless()) yield order.slice(0, Math.min(EXAMPLES, batchSize));
    },
    rate(planned) {
      highest = Math.max(highest, planned);
      return highest;
    },
    step: (loss) => watch.step(loss),
    async result({ task }) {
      const numClasses = task?.kind === "classification" && usesCrossEntropy(task.loss) ? task.numClasses : undefined;
      const { passed, losses, verdict } = watch.report(numClasses);
      const ends = { "batch/firstLoss": losses[0]!, "batch/lastLoss": losses.at(-1)! };
      const metrics = Object.fromEntries(Object.entries(ends).filter(([, loss]) => Number.isFinite(loss)));
      return { passed, verdict, metrics, figures: await drawLosses(losses) };
    },
  };
}

function usesCrossEntropy(loss: string | undefined): boolean {
  return loss === undefined || loss === "cross-entropy";
}

/** Nothing if not even the first loss is a number. */
async function drawLosses(losses: readonly number[]): Promise<Record<string, string>> {
  const x = losses.map((_, i) => i + 1);
  const y = losses.map((loss) => (Math.abs(loss) < LARGEST ? loss : Number.NaN));
  if (!y.some(Number.isFinite)) return {};
  const svg = await lineChart({
    title: "One batch, again and again",
    xLabel: "step",
    yLabel: "training loss",
    logY: y.some((loss) => loss > 0),
    series: [{ name: "loss", x, y }],
  });
  return { "one-batch": svg };
}
