import { assertSteps, type Schedule } from "./schedule.ts";

/**
 * Climbs to a schedule's first rate in `steps` equal stairs, then follows it from its step 0: the
 * first step has 1/(steps + 1) of that rate, the last stair steps/(steps + 1) (Goyal et al., 2017,
 * section 2.2). Give the schedule the steps that are left: `withWarmup(cosine(r, { steps: n − w }), w)`.
 * PyTorch: `SequentialLR` of `LinearLR(start_factor=1/(w + 1), total_iters=w)` and the other.
 *
 * @throws RangeError if `steps` is not a positive integer.
 */
export function withWarmup(schedule: Schedule, steps: number): Schedule {
  assertSteps("withWarmup steps", steps);
  return (step) => (step < steps ? (schedule(0) * (step + 1)) / (steps + 1) : schedule(step - steps));
}
