import type { VectorWidth } from "./wasm-file.ts";
import { setWideVectors, whyNoWideVectors } from "./wide-vectors.ts";
import { createTrial, type Trial } from "./width-trial.ts";

/** The build to use and why. */
export interface Choice {
  readonly vectorWidth: VectorWidth;
  readonly reason: string;
}

/** The wide build must be this much faster to be chosen: 2 is expected, 0.9 without wide vectors. */
const MINIMUM_SPEED_UP = 1.2;
const TRIAL_MILLISECONDS = 25;
/** V8 optimises a function some time after it became hot; a trial waits for it no longer than this. */
const MAXIMUM_TRIAL_MILLISECONDS = 150;

/**
 * Chooses by what this machine does: the narrow build computes a product, V8's flag for wide
 * vectors is set, the wide build computes the same, and is taken where it is faster and agrees in
 * every bit. The flag then stays set: it holds for all WASM that the process optimises from now on.
 */
export async function chooseWidth(): Promise<Choice> {
  const obstacle = whyNoWideVectors();
  if (obstacle) return { vectorWidth: 128, reason: obstacle };
  const narrow = await createTrial(128);
  const narrowTime = await bestTime(narrow, (best, first) => best < first / 2);
  const expected = narrow.product();
  await setWideVectors(true);
  const wide = await createTrial(256);
  const speedUp = narrowTime / (await bestTime(wide, (best) => narrowTime / best >= MINIMUM_SPEED_UP));
  const isEqual = wide.product().every((word, i) => word === expected[i]);
  if (isEqual && speedUp >= MINIMUM_SPEED_UP)
    return { vectorWidth: 256, reason: `${speedUp.toFixed(1)}× as fast as 128-bit vectors` };
  await setWideVectors(false);
  const reason = isEqual
    ? `256-bit vectors ran only ${speedUp.toFixed(1)}× as fast`
    : "256-bit vectors computed other bits than 128-bit ones";
  return { vectorWidth: 128, reason };
}

/** Milliseconds of the fastest run, once V8 has optimised it by the caller's sign or the time is up. */
async function bestTime({ run }: Trial, isOptimised: (best: number, first: number) => boolean): Promise<number> {
  const start = performance.now();
  let first = 0;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; ; round++) {
    const before = performance.now();
    run();
    const now = performance.now();
    best = Math.min(best, now - before);
    if (round === 0) first = best;
    const wait = isOptimised(best, first) ? TRIAL_MILLISECONDS : MAXIMUM_TRIAL_MILLISECONDS;
    if (now - start > wait) return best;
    if (round % 8 === 7) await new Promise((resolve) => setTimeout(resolve, 0)); // let V8 install its code
  }
}
