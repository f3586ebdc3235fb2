import { availableParallelism } from "node:os";
import { UserError } from "@course/core";

/** How many threads compute, and what a user should know about it. */
export interface ThreadChoice {
  readonly threads: number;
  readonly reason: string;
}

/**
 * As many threads as asked for, by the caller or by `$COURSE_THREADS`, else one for each core. More
 * than there are cores would only wait for each other: then one for each core. Results are the same.
 *
 * @throws UserError unless it is a whole number from 1.
 */
export function chooseThreads(
  asked: number | undefined = fromEnvironment(),
  cores: number = availableParallelism(),
): ThreadChoice {
  if (asked === undefined) return { threads: cores, reason: "" };
  if (!Number.isInteger(asked) || asked < 1) {
    throw new UserError(`threads: expected a whole number from 1, received ${asked}`);
  }
  if (asked <= cores) return { threads: asked, reason: "" };
  return { threads: cores, reason: `${asked} threads asked for, ${cores} used: there are no more cores` };
}

function fromEnvironment(): number | undefined {
  const value = process.env.COURSE_THREADS;
  return value ? Number(value) : undefined;
}
