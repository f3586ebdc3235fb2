import { drawLearningRateSweep } from "../tools/learning-rate-figure.ts";
import { type LearningRateSweep, RateSweep } from "../tools/learning-rate-sweep.ts";
import type { Trial } from "./trial.ts";

const STEPS = 300;
const RANGE = { minimum: 1e-6, maximum: 10 }; // from far too low for Adam to far too high for gradient descent

/** `--findRate`: the learning rate rises from batch to batch until the loss grows. Nothing of it is kept. */
export function findRateTrial(): Trial {
  const sweep = new RateSweep({ ...RANGE, steps: STEPS });
  let planned: number | undefined;
  let steps = 0;
  return {
    name: "findRate",
    *batches(order, batchSize) {
      for (let start = 0; sweep.rate !== undefined; start += batchSize) {
        if (steps > 0 && planned === undefined) return; // the project does not ask for a rate
        if (start >= order.length) start = 0;
        yield order.slice(start, start + batchSize);
      }
    },
    rate(rate) {
      planned = Math.max(planned ?? rate, rate); // a warm-up starts near 0
      return sweep.rate ?? RANGE.maximum;
    },
    step(loss) {
      steps++;
      sweep.step(loss);
    },
    async result() {
      if (planned === undefined) return { passed: false, verdict: NOT_ASKED, metrics: {}, figures: {} };
      const found = sweep.result();
      const { suggestion } = found;
      return {
        passed: suggestion !== null,
        verdict: describe(found, planned),
        metrics: suggestion === null ? {} : { "train/suggestedRate": suggestion },
        figures: found.rates.length > 0 ? { "learning-rate": await drawLearningRateSweep(found) } : {},
      };
    },
  };
}

const NOT_ASKED =
  "no learning rate found: this project does not ask for its rate, so it cannot be changed from outside. In its training step take run.rate(schedule)";

function describe({ rates, suggestion, diverged }: LearningRateSweep, planned: number): string {
  const range = `in ${rates.length} steps from ${number(rates[0]!)} to ${number(rates.at(-1)!)}`;
  const end = diverged ? ", where the loss grew" : "; it did not grow: the best rate may be higher still";
  const now = `(the project's goes up to ${number(planned)})`;
  if (suggestion === null)
    return `no learning rate found: the loss fell nowhere by more than its noise, ${range} ${now}`;
  return `try a learning rate of about ${number(suggestion)} ${now}: there the loss falls steepest, ${range}${end}`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(2)));
}
