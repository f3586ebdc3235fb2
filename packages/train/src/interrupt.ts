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
  /** Whether the loop will soon look at `requested`, and save; it says so itself. */
  inLoop?: boolean;
  stop(): void;
}

/**
 * Remembers the first Ctrl-C or SIGTERM for the loop to act on between two steps. Outside the loop,
 * while data load or the result is computed, there is nothing to save: `leave` is called, and the
 * process ends at once. So it does at a second signal.
 */
export function watchInterrupts(leave: () => void): InterruptWatch {
  const state: { requested: boolean; inLoop: boolean; stop(): void } = { requested: false, inLoop: false, stop };
  const onSignal = () => {
    if (state.requested) process.exit(130);
    state.requested = true;
    if (state.inLoop) return;
    leave();
    process.exit(130);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  function stop() {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
  return state;
}
