import type { Reader, Step } from "./reader.ts";
import { block, type Ending } from "./sample.ts";

export interface BeamOptions extends Ending {
  /** Hypotheses kept at each step. */
  readonly width: number;
  /** α of `score`: 0 prefers short texts, 1 is the mean per token. */
  readonly lengthPenalty: number;
  /** Hears of the texts that are kept at each step, those that end there included. */
  readonly onStep?: (kept: readonly Hypothesis[]) => void;
}

export interface Hypothesis {
  /** What follows the prompt. */
  readonly tokens: readonly number[];
  /** Of all its tokens, in nats. */
  readonly logProbability: number;
  readonly parent: Hypothesis | undefined;
  readonly isFinished: boolean;
}

/** log p / length^α: without it a sum of negative numbers favours the shorter text (Wu et al., 2016, equation 14, simplified). */
export function score(
  { logProbability, tokens }: Pick<Hypothesis, "logProbability" | "tokens">,
  lengthPenalty: number,
): number {
  // #solution 7.1 the score above; an empty text has 0
  return tokens.length === 0 ? 0 : logProbability / tokens.length ** lengthPenalty;
  // #end
}

/**
 * Keeps the `width` likeliest texts at each step and reads them side by side. The greedy text is always kept beside
 * them, so the best is never worse than greedy search's under the same score.
 *
 * It ends when as many texts as are kept have ended, and the greedy one with them.
 *
 * @returns the texts that have ended (at `stopAt`, at their full length, or where nothing may follow), the best first.
 */
export function beamSearch(reader: Reader, prompt: readonly number[], options: BeamOptions): Hypothesis[] {
  const { width, length, lengthPenalty } = options;
  let greedyOne: Hypothesis = { tokens: [], logProbability: 0, parent: undefined, isFinished: length === 0 };
  let active = [greedyOne];
  const finished: Hypothesis[] = [];
  let step = reader.start(prompt);
  while (active.length > 0 && !(finished.length >= width && greedyOne.isFinished)) {
    const successors = active.map((one, row) => successorsOf(one, rowOf(step, row), { prompt, ...options }));
    const greedyNext = successors[active.indexOf(greedyOne)]?.[0];
    const kept = prune(successors.flat(), greedyNext, width);
    options.onStep?.(kept);
    finished.push(...active.filter((_, row) => successors[row].length === 0), ...kept.filter((one) => one.isFinished));
    if (active.includes(greedyOne)) greedyOne = greedyNext ?? { ...greedyOne, isFinished: true };
    const parents = active;
    active = kept.filter((one) => !one.isFinished);
    if (active.length > 0)
      step = reader.advance(
        active.map(({ parent }) => parents.indexOf(parent!)),
        active.map(({ tokens }) => tokens.at(-1)!),
      );
  }
  return finished.sort((a, b) => score(b, lengthPenalty) - score(a, lengthPenalty));
}

/** The `width` likeliest of all rows' successors, the greedy text's among them or beside them. */
function prune(successors: readonly Hypothesis[], greedyNext: Hypothesis | undefined, width: number): Hypothesis[] {
  // #solution 7.2 sort by log-probability, keep `width`; add the greedy one if it is not among them
  const best = successors.toSorted((a, b) => b.logProbability - a.logProbability).slice(0, width);
  return greedyNext && !best.includes(greedyNext) ? [...best, greedyNext] : best;
  // #end
}

const rowOf = ({ logProbabilities, rows }: Step, row: number) => {
  const size = logProbabilities.length / rows;
  return logProbabilities.subarray(row * size, (row + 1) * size);
};

/** The `width` likeliest ways to go on, the likeliest first; none where everything is blocked. */
function successorsOf(
  parent: Hypothesis,
  logProbabilities: Float32Array,
  { prompt, width, stopAt, length, ...blocking }: BeamOptions & { prompt: readonly number[] },
): Hypothesis[] {
  const allowed = block(logProbabilities, [...prompt, ...parent.tokens], blocking);
  return likeliest(allowed, width).map((token) => {
    const tokens = [...parent.tokens, token];
    const isFinished = stopAt?.has(token) === true || tokens.length === length;
    return { tokens, logProbability: parent.logProbability + allowed[token], parent, isFinished };
  });
}

/** Ids of the `count` largest values, the largest first, the smaller of ids that tie; none of those at −Infinity. */
function likeliest(logProbabilities: Float32Array, count: number): number[] {
  const best: number[] = [];
  let bar = -Infinity; // what a token must pass to come among them
  for (let token = 0; token < logProbabilities.length; token++) {
    const value = logProbabilities[token];
    if (!(value > bar)) continue;
    let place = best.length;
    while (place > 0 && logProbabilities[best[place - 1]] < value) place--;
    best.splice(place, 0, token);
    if (best.length > count) best.pop();
    if (best.length === count) bar = logProbabilities[best[count - 1]];
  }
  return best;
}
