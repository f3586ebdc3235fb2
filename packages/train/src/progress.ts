/** The state of `Progress` in a checkpoint. */
export interface ProgressState {
  readonly elapsed: number;
  readonly trainingSeconds: number;
  readonly examples: number;
}

/** Time spent and examples seen, over all parts of a run. */
export class Progress {
  /** Seconds spent in training steps. */
  trainingSeconds = 0;
  examples = 0;
  #elapsedBefore = 0;
  readonly #started = performance.now();

  /** Seconds, evaluation and figures included. */
  get elapsed(): number {
    return this.#elapsedBefore + secondsSince(this.#started);
  }

  get examplesPerSecond(): number {
    return this.trainingSeconds > 0 ? this.examples / this.trainingSeconds : 0;
  }

  /** Gives out the batch and counts the time until the next one is asked for. */
  *timed(batch: Uint32Array): Generator<Uint32Array> {
    const began = performance.now();
    yield batch;
    this.trainingSeconds += secondsSince(began);
  }

  state(): ProgressState {
    return { elapsed: this.elapsed, trainingSeconds: this.trainingSeconds, examples: this.examples };
  }

  restore({ elapsed, trainingSeconds, examples }: ProgressState): void {
    this.#elapsedBefore = elapsed;
    this.trainingSeconds = trainingSeconds;
    this.examples = examples;
  }
}

function secondsSince(moment: number): number {
  return (performance.now() - moment) / 1000;
}
