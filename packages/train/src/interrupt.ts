/** Thrown in the training loop once its checkpoint is saved. */
export class Interrupted extends Error {
  override name = "Interrupted";
}

/** Training that cannot go on: a loss that is not a number, a heap at its limit. Exit code 1. */
export class TrainingError extends Error {
  override name = "TrainingError";
}

export interface InterruptWatch {
  readonly requested: boolean;
  stop(): void;
}

/**
 * Remembers the first Ctrl-C or SIGTERM for the loop to act on between two steps; a second one
 * ends the process at once.
 */
export function watchInterrupts(): InterruptWatch {
  const state = { requested: false, stop };
  const onSignal = () => {
    if (state.requested) process.exit(130);
    state.requested = true;
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  function stop() {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
  return state;
}
