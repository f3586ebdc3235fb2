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
/**
 * V8 optimises a function some time after it became hot, on a busy machine much later; a trial waits for it no longer
 * than this. Only a processor without wide vectors makes it wait so long.
 */
const MAXIMUM_TRIAL_MILLISECONDS = 1000;

/**
 * Chooses by what this machine does: the narrow build computes a product, V8's flag for wide
 * vectors is set, the wide build computes the same, and is taken where it is faster and agrees in
 * every bit. The flag then stays set: it holds for all WASM that the process optimises from now on.
 */
export async function chooseWidth(): Promise<Choice> {
  const obstacle = whyNoWideVectors();
  if (obstacle) return { vectorWidth: 128, reason: obstacle };
  const narrow = await createTrial(128);
  const before = await bestTime(narrow, TRIAL_MILLISECONDS);
  const expected = narrow.product();
  await setWideVectors(true);
  const wide = await createTrial(256);
  let narrowTime = before;
  const isFaster = (best: number) => narrowTime / best >= MINIMUM_SPEED_UP;
  let wideTime = await bestTime(wide, MAXIMUM_TRIAL_MILLISECONDS, isFaster);
  const seemedFaster = isFaster(wideTime);
  narrowTime = Math.min(before, await bestTime(narrow, TRIAL_MILLISECONDS)); // by now it is optimised
  if (seemedFaster && !isFaster(wideTime))
    // faster than the narrow build was before V8 optimised it: so the wide one may have waited for that, too
    wideTime = Math.min(wideTime, await bestTime(wide, MAXIMUM_TRIAL_MILLISECONDS, isFaster));
  const speedUp = narrowTime / wideTime;
  const isEqual = wide.product().every((word, i) => word === expected[i]);
  if (isEqual && speedUp >= MINIMUM_SPEED_UP)
    return { vectorWidth: 256, reason: `${speedUp.toFixed(1)}× as fast as 128-bit vectors` };
  await setWideVectors(false);
  const reason = isEqual
    ? `256-bit vectors ran only ${speedUp.toFixed(1)}× as fast`
    : "256-bit vectors computed other bits than 128-bit ones";
  return { vectorWidth: 128, reason };
}

/** Milliseconds of the fastest run, of as many as fit in so much time or, once it is fast enough, in a trial's. */
async function bestTime({ run }: Trial, milliseconds: number, isEnough = (_best: number) => false): Promise<number> {
  const start = performance.now();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 1; ; round++) {
    const before = performance.now();
    run();
    const now = performance.now();
    best = Math.min(best, now - before);
    if (now - start > (isEnough(best) ? TRIAL_MILLISECONDS : milliseconds)) return best;
    if (round % 8 === 0) await new Promise((resolve) => setTimeout(resolve, 0)); // let V8 install its code
  }
}
