export { cosine } from "./cosine.ts";
export { holdThenFall } from "./hold-then-fall.ts";
export { oneCycle } from "./one-cycle.ts";
export { type PlateauOptions, ReduceOnPlateau } from "./plateau.ts";
export { constant, type Schedule } from "./schedule.ts";
export { stepDecay } from "./step-decay.ts";
export { warmCosine } from "./warm-cosine.ts";
export { withWarmup } from "./warm-up.ts";
