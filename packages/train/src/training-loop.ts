import { setImmediate } from "node:timers/promises";
import { epochOrder, sliceBatches } from "./epoch-order.ts";
import { assertFiniteScalars } from "./finite.ts";
import { Interrupted } from "./interrupt.ts";
import type { LogLine } from "./metrics-log.ts";
import { placeOf, startNextEpoch } from "./position.ts";
import type { RunSetup } from "./run-setup.ts";
import type { RunState } from "./run-state.ts";
import type { Schedule } from "./schedule/schedule.ts";
import { writeEpochHistograms } from "./tensorboard/epoch-histograms.ts";
import { TrialEnded } from "./trial/trial.ts";

/** `loss`, the mean over the batch, and its terms if it has several. */
export type StepScalars = Readonly<Record<string, number>> & { readonly loss: number };

export interface BatchOptions {
  /** 0, 1, 2, … in every epoch: for a recurrent network that carries its state from one batch to the next. */
  readonly inOrder?: boolean;
}

const MILLISECONDS_BETWEEN_PAUSES = 50; // in which Ctrl-C is heard
const STEPS_BETWEEN_LOG_LINES = 10;

/** What goes on inside `Run`: epochs, batches and steps. Its methods are documented there. */
export class TrainingLoop {
  readonly #setup: RunSetup;
  readonly #state: RunState;
  #epochs = 0;
  #rate: number | undefined;
  #lastPause = performance.now();

  constructor(setup: RunSetup, state: RunState) {
    this.#setup = setup;
    this.#state = state;
  }

  rate(schedule: Schedule): number {
    const planned = schedule(this.#state.position.step);
    this.#rate = this.#setup.trial?.rate(planned) ?? planned;
    return this.#rate;
  }

  *epochs(count: number): Generator<number> {
    this.#epochs = count;
    const state = this.#state;
    while (state.position.epoch <= count) {
      if (state.monitor.shouldStopAfter(state.epochsDone)) return this.#stopEarly();
      yield state.position.epoch;
    }
    this.#setup.interrupts.inLoop = false; // the last epoch is saved
  }

  async *batches(
    count: number,
    batchSize: number,
    { inOrder = false }: BatchOptions = {},
  ): AsyncGenerator<Uint32Array> {
    const { display, trial } = this.#setup;
    const { epoch, batch } = this.#state.position;
    this.#setup.interrupts.inLoop = true;
    const order = inOrder
      ? Uint32Array.from({ length: count }, (_, i) => i)
      : epochOrder(count, epoch, this.#state.random);
    display.startEpoch(epoch, this.#epochs, Math.ceil(count / batchSize));
    for (const indices of trial ? trial.batches(order, batchSize) : sliceBatches(order, batchSize, batch)) {
      await this.pause();
      this.#state.checkpointIfDue();
      yield* this.#state.progress.timed(indices);
    }
    if (trial) throw new TrialEnded();
  }

  async pause(): Promise<void> {
    if (performance.now() - this.#lastPause < MILLISECONDS_BETWEEN_PAUSES) return;
    await setImmediate();
    this.#lastPause = performance.now();
    if (!this.#setup.interrupts.requested) return;
    this.#state.checkpoint("last");
    throw new Interrupted(`interrupted at ${placeOf(this.#state.position)}`);
  }

  step(scalars: StepScalars, examples: number): void {
    const { position, progress, doctor, log } = this.#state;
    const { loss, gradientNorm } = scalars;
    const step = position.step + 1;
    if (this.#setup.trial) this.#setup.trial.step(loss);
    else {
      doctor.step({ step, epoch: position.epoch, loss, examples, gradientNorm });
      assertFiniteScalars(scalars, `step ${step} (epoch ${position.epoch})`);
    }
    position.step++;
    position.batch++;
    position.lossSum += loss * examples;
    position.examples += examples;
    progress.examples += examples;
    if ((step % STEPS_BETWEEN_LOG_LINES === 0 || step === 1) && Number.isFinite(loss))
      log.append(this.#lineOf(scalars));
    this.#setup.display.step(position.batch, position.lossSum / position.examples, progress.examplesPerSecond);
  }

  endEpoch(metrics: Readonly<Record<string, number>>): void {
    const { position, monitor, doctor, log, parts } = this.#state;
    const isBest = monitor.update(metrics, position.epoch);
    const loss = position.lossSum / position.examples;
    const line: LogLine = { step: position.step, epoch: position.epoch, "train/epochLoss": loss, ...metrics };
    log.append(line);
    this.#setup.display.endEpoch(line, this.#epochs);
    doctor.endEpoch(line);
    startNextEpoch(position);
    this.#state.checkpoint(...(isBest ? (["best", "last"] as const) : (["last"] as const)));
    writeEpochHistograms(log.events, { model: parts.model, layers: doctor.layers }, position.step);
  }

  #stopEarly(): void {
    this.#setup.interrupts.inLoop = false;
    const state = this.#state;
    const { metric, patience } = state.monitor;
    state.stoppedEarly = state.epochsDone;
    const { epoch } = state.restoreBest();
    this.#setup.display.note(
      `stopped after epoch ${state.epochsDone}: ${metric} no better than in epoch ${epoch}, whose weights are back (--patience ${patience})`,
    );
  }

  #lineOf(scalars: StepScalars): LogLine {
    const { step, epoch } = this.#state.position;
    const named = Object.entries(scalars).map(([name, value]) => [`train/${name}`, value]);
    if (this.#rate !== undefined) named.push(["train/rate", this.#rate]);
    return { step, epoch, ...Object.fromEntries(named) };
  }
}
