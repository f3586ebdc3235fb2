/** Some neighbouring steps of an epoch. */
export interface StepWindow {
  /** Mean over the examples. */
  readonly loss: number;
  readonly examples: number;
  /** Standard deviation of one example's loss, estimated from that of the steps; 0 from a single step. */
  readonly deviation: number;
}

/** The training steps of one epoch. */
export interface StepSummary {
  readonly steps: number;
  readonly examples: number;
  /** Of the largest batch. */
  readonly batchSize: number;
  /** Steps with fewer examples than that. */
  readonly shortBatches: number;
  /** Sum of the steps' losses, each counted once whatever its batch size. */
  readonly lossSum: number;
  readonly lowestLoss: number;
  readonly firstLoss: number;
  readonly last: Step;
  /** The first and the last twentieth of the epoch, at most 16 steps: over so few the weights hardly change. */
  readonly head: StepWindow;
  readonly tail: StepWindow;
}

export interface Step {
  readonly loss: number;
  readonly examples: number;
}

const WINDOW = 16; // steps: enough to average over, few enough to keep

/** Counts an epoch's steps as they come, in constant memory. Its state is plain JSON. */
export class StepTally {
  #state = emptyState();

  add(step: Step): void {
    const state = this.#state;
    state.steps++;
    state.examples += step.examples;
    state.lossSum += step.loss;
    if (step.loss < state.lowestLoss) state.lowestLoss = step.loss;
    if (step.examples > state.batchSize) {
      state.batchSize = step.examples;
      state.fullBatches = 0;
    }
    if (step.examples === state.batchSize) state.fullBatches++;
    if (state.head.length < WINDOW) state.head.push(step);
    if (state.tail.length === WINDOW) state.tail.shift();
    state.tail.push(step);
  }

  get steps(): number {
    return this.#state.steps;
  }

  /** undefined if no step was added. */
  summary(): StepSummary | undefined {
    const { head, tail, fullBatches, ...rest } = this.#state;
    const last = tail.at(-1);
    if (!last) return undefined;
    const size = Math.min(WINDOW, Math.max(1, Math.floor(rest.steps / 20)));
    return {
      ...rest,
      shortBatches: rest.steps - fullBatches,
      firstLoss: head[0].loss,
      last,
      head: windowOf(head.slice(0, size)),
      tail: windowOf(tail.slice(-size)),
    };
  }

  reset(): void {
    this.#state = emptyState();
  }

  state(): object {
    return structuredClone(this.#state);
  }

  restore(state: object): void {
    this.#state = structuredClone(state) as ReturnType<typeof emptyState>;
  }
}

function emptyState() {
  return {
    steps: 0,
    examples: 0,
    batchSize: 0,
    fullBatches: 0,
    lossSum: 0,
    lowestLoss: Number.POSITIVE_INFINITY,
    head: [] as Step[],
    tail: [] as Step[],
  };
}

function windowOf(steps: readonly Step[]): StepWindow {
  const examples = steps.reduce((sum, step) => sum + step.examples, 0);
  const loss = steps.reduce((sum, step) => sum + step.loss * step.examples, 0) / examples;
  // The mean over n examples varies n times less than one example's loss does.
  const squares = steps.reduce((sum, step) => sum + step.examples * (step.loss - loss) ** 2, 0);
  return { loss, examples, deviation: steps.length < 2 ? 0 : Math.sqrt(squares / (steps.length - 1)) };
}
