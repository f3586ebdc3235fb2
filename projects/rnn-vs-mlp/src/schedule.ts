import { cosine, type Schedule, withWarmup } from "@course/train";
import type { Config } from "./config.ts";

/** The rate climbs for `warmup` of the steps, then falls to 0 along half a cosine. */
export function scheduleOf({ learningRate, warmup }: Pick<Config, "learningRate" | "warmup">, steps: number): Schedule {
  const climb = Math.round(warmup * steps);
  const fall = cosine(learningRate, { steps: Math.max(1, steps - climb) });
  return climb > 0 ? withWarmup(fall, climb) : fall;
}
