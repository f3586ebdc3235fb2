import type { Check } from "./check.ts";
import { number } from "./format.ts";
import type { InputSample } from "./probe.ts";

const TWICE = 2 / 255; // of the expected width: bytes divided by 255 twice fill at most 1/255 of it
const OVERSHOOT = 0.1; // of the expected width: resizing with cubic splines leaves the range by up to about this
const OFF_CENTRE = 3; // standard deviations, and
const OFF_SCALE = 10; // times: a split standardised by another's mean and deviation stays well within both

/** Inputs scaled twice, or not at all. */
export const inputScale: Check = {
  id: "input-scale",
  explains: [
    "stuck-loss",
    "double-softmax",
    "worse-than-baseline",
    "zero-gradient",
    "dead-units",
    "exploding-gradient",
    "overfitting",
  ],
  find(_, { inputs }) {
    if (!inputs || inputs.sample.length === 0) return undefined;
    const problem = inputs.expected === "standardised" ? compareMoments(inputs) : compareRange(inputs, inputs.expected);
    return problem && { sign: "inputs outside what the model expects", ...problem };
  },
};

type Problem = { readonly evidence: string; readonly cause: string } | undefined;

function compareRange({ sample }: InputSample, [low, high]: readonly [number, number]): Problem {
  const { min, max, isWhole } = describe(sample);
  const evidence = `${sample.length} inputs lie in [${number(min)}, ${number(max)}], expected [${number(low)}, ${number(high)}]`;
  const width = high - low;
  if (!Number.isFinite(min + max)) return { evidence, cause: "Likely a missing value or a division by zero" };
  if (max > high + OVERSHOOT * width || min < low - OVERSHOOT * width)
    return {
      evidence,
      cause: isWhole
        ? "Likely not scaled at all: bytes, where numbers such as byte / 255 were meant"
        : "Likely not scaled, or scaled for another model",
    };
  if (max - min > TWICE * width) return undefined;
  return { evidence, cause: "Likely scaled twice (byte / 255 / 255): once by the loader and once by the model?" };
}

function compareMoments({ sample }: InputSample): Problem {
  const { mean, deviation } = describe(sample);
  const isNear = Math.abs(mean) <= OFF_CENTRE && deviation <= OFF_SCALE && deviation >= 1 / OFF_SCALE;
  if (isNear) return undefined;
  return {
    evidence: `${sample.length} inputs have mean ${number(mean)} and standard deviation ${number(deviation)}, expected about 0 and 1`,
    cause:
      "Likely not standardised, standardised twice, or a missing value: use the training split's mean and deviation",
  };
}

function describe(sample: ArrayLike<number>) {
  let [min, max, sum, squares, isWhole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, true];
  for (let i = 0; i < sample.length; i++) {
    const value = sample[i];
    min = Math.min(min, value); // NaN stays
    max = Math.max(max, value);
    sum += value;
    squares += value * value;
    isWhole &&= Number.isInteger(value);
  }
  const mean = sum / sample.length;
  return { min, max, isWhole, mean, deviation: Math.sqrt(Math.max(0, squares / sample.length - mean * mean)) };
}
