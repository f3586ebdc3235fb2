import type { Random } from "@course/core";

const UNKNOWN = 0; // names no word: it is never generated

/** Chooses the next token from logarithms of probabilities [vocabulary], −Infinity where a token is out of the question. */
export type Choice = (logProbabilities: Float32Array) => number;

export const greedy: Choice = (logProbabilities) =>
  logProbabilities.reduce((best, value, i) => (value > logProbabilities[best] ? i : best), 0);

/** Draws by probability^(1 / temperature): above 1 bolder, near 0 as greedy. */
export function drawWith(random: Random, temperature: number): Choice {
  return (logProbabilities) => {
    // #solution 6.2 weights exp((log p − maximum) / temperature); the first token at which their running sum passes u · sum
    const highest = logProbabilities[greedy(logProbabilities)];
    const weights = Float64Array.from(logProbabilities, (value) => Math.exp((value - highest) / temperature));
    let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    const drawn = weights.findIndex((weight) => {
      left -= weight;
      return weight > 0 && left < 0;
    });
    return drawn >= 0 ? drawn : greedy(logProbabilities); // rounding can leave a last crumb
    // #end
  };
}

/** −Infinity for all but the k likeliest (Fan et al., 2018). */
export function keepTop(logProbabilities: Float32Array, k: number): Float32Array {
  // #solution 6.3 the k-th largest is the threshold; of ties all stay
  const threshold = Float32Array.from(logProbabilities).sort().at(-Math.min(k, logProbabilities.length))!;
  return logProbabilities.map((value) => (value >= threshold ? value : -Infinity));
  // #end
}

/** −Infinity for all but the likeliest tokens that together have a probability of `share` or more (Holtzman et al., 2020). */
export function keepNucleus(logProbabilities: Float32Array, share: number): Float32Array {
  // #solution 6.4 from the likeliest on, until their probabilities add up to the share of all; the one that passes it stays
  const order = Array.from(logProbabilities.keys()).sort((a, b) => logProbabilities[b] - logProbabilities[a]);
  let left = share * logProbabilities.reduce((sum, value) => sum + Math.exp(value), 0);
  const kept = new Float32Array(logProbabilities.length).fill(-Infinity);
  for (const token of order) {
    kept[token] = logProbabilities[token];
    left -= Math.exp(logProbabilities[token]);
    if (left <= 0) break;
  }
  return kept;
  // #end
}

/** Takes out `<unk>`, what is banned, and every token that would complete an n-gram that the text has already. */
export function block(
  logProbabilities: Float32Array,
  text: readonly number[],
  { blockNGram: n, ban }: Pick<Ending, "blockNGram" | "ban">,
): Float32Array {
  const allowed = Float32Array.from(logProbabilities);
  allowed[UNKNOWN] = -Infinity;
  for (const token of ban?.(text) ?? []) allowed[token] = -Infinity;
  if (n === 0) return allowed;
  // #solution 6.5 wherever the last n − 1 tokens stand in the text, the token after them is blocked
  const end = text.slice(text.length - (n - 1));
  for (let start = 0; start + n <= text.length; start++)
    if (end.every((token, i) => text[start + i] === token)) allowed[text[start + n - 1]] = -Infinity;
  return allowed;
  // #end
}

export interface Ending {
  /** Tokens to add at most. */
  readonly length: number;
  /** Ids after which a text is finished; none: it goes on to `length`. */
  readonly stopAt?: ReadonlySet<number>;
  /** No n-gram of this size twice, the prompt's included; 0 allows all. */
  readonly blockNGram: number;
  /** Other tokens that must not follow a text (the prompt's included). */
  readonly ban?: (text: readonly number[]) => readonly number[];
}
