import { TrainingError } from "./interrupt.ts";

export interface MonitorOptions {
  /** `validation/accuracy`. */
  readonly metric: string;
  readonly mode: "max" | "min";
  /** Epochs without improvement after which training stops; 0 never stops it. */
  readonly patience?: number;
}

/** The best epoch so far, the first of equals. */
export interface Best {
  readonly value: number;
  readonly epoch: number;
}

/** Watches the metric by which a run chooses its best epoch and, with a patience, its last one. */
export class Monitor {
  /** All that early stopping needs to know; part of every checkpoint. */
  best: Best | null = null;
  readonly metric: string;
  readonly patience: number;
  readonly #mode: "max" | "min";

  constructor({ metric, mode, patience = 0 }: MonitorOptions) {
    this.metric = metric;
    this.patience = patience;
    this.#mode = mode;
  }

  /** Takes an epoch's metrics; returns whether it is the best so far. */
  update(metrics: Readonly<Record<string, number>>, epoch: number): boolean {
    const value = metrics[this.metric];
    if (value === undefined || !Number.isFinite(value))
      throw new TrainingError(`endEpoch: expected a finite "${this.metric}" (the monitored metric), received ${value}`);
    const { best } = this;
    const isBest = best === null || (this.#mode === "max" ? value > best.value : value < best.value);
    if (isBest) this.best = { value, epoch };
    return isBest;
  }

  /** Counts as Keras's `EarlyStopping` does: `patience` epochs in a row that were not better than the best. */
  shouldStopAfter(epoch: number): boolean {
    return this.patience > 0 && this.best !== null && epoch - this.best.epoch >= this.patience;
  }
}
