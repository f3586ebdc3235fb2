import { join } from "node:path";
import type { Random } from "@course/core";
import type { Backend } from "./backend.ts";
import type { Probe, Task } from "./doctor/probe.ts";
import type { DownloadProgress } from "./download-bar.ts";
import { writeSvg } from "./files.ts";
import { type Dataset, introduceDataset, introduceModel, type ModelDescription } from "./introduce.ts";
import type { Best } from "./monitor.ts";
import type { RunSetup } from "./run-setup.ts";
import { RunState } from "./run-state.ts";
import type { Saveable } from "./saveable.ts";
import type { Schedule } from "./schedule/schedule.ts";
import type { DatasetSummary } from "./summary.ts";
import { writeSample } from "./tensorboard/sample.ts";
import type { SummaryRow } from "./tools/model-summary/model-summary.ts";
import { type BatchOptions, type StepScalars, TrainingLoop } from "./training-loop.ts";

/**
 * One training run: gives out epochs and batches in a seeded order, and keeps log, checkpoints and
 * progress. The order of an epoch depends on the seed and the epoch only, so a resumed run goes on
 * with the very batch that the interrupted one would have taken.
 */
export class Run {
  readonly folder: string;
  readonly seed: number;
  /** The folder of the user's own data, if `--data` names one. */
  readonly dataFolder: string | undefined;
  readonly backend: Backend;
  /** For initial weights and splits. In the loop draw from `stepRandom()`. */
  readonly random: Random;
  dataset: DatasetSummary | undefined;
  /** What the project told the doctor about itself. */
  task: Task | undefined;
  parameters = 0;
  layers: readonly SummaryRow[] = [];
  backendName = "typed arrays";
  /** What the summary tells of the run's course. */
  readonly state: RunState;
  readonly #setup: RunSetup;
  readonly #loop: TrainingLoop;

  constructor(setup: RunSetup) {
    this.#setup = setup;
    ({ folder: this.folder, seed: this.seed, dataFolder: this.dataFolder, backend: this.backend } = setup);
    this.state = new RunState(setup);
    this.random = this.state.random;
    this.#loop = new TrainingLoop(setup, this.state);
  }

  /** Steps done so far, those before a resume included; always 0 where a trial repeats the first one. */
  get steps(): number {
    return this.#setup.trial?.repeatsStep ? 0 : this.state.position.step;
  }

  /** Shows a download; give it to a loader as `onProgress`. */
  readonly onProgress = (progress: DownloadProgress): void => this.#setup.display.download(progress);

  /** Draws for this step only: the same whether or not the run was resumed in between. */
  stepRandom(): Random {
    return this.random.stream(`step/${this.steps}`);
  }

  /** Records the data and shows where they came from. Call before `track`. */
  useDataset(dataset: Dataset): void {
    const { train, validation, test, provenance } = dataset;
    this.dataset = introduceDataset(dataset, this.#setup.display);
    this.state.position.datasetSha256 = provenance.sha256;
    this.state.doctor.dataset = { train, validation, test };
  }

  /** Records the size of the model, its layers, and what computes. */
  describe(model: ModelDescription): void {
    this.parameters = model.parameters;
    this.backendName = model.backend ?? this.backendName;
    this.layers = model.layers ?? [];
    introduceModel({ ...model, backend: this.backendName }, { folder: this.folder, display: this.#setup.display });
  }

  /** Tells the training doctor about the task, inputs and layers; see the README for what each part is good for. */
  probe(probe: Probe): void {
    this.task = probe.task ?? this.task;
    this.state.doctor.probe(probe);
  }

  /** What belongs into a checkpoint. A resumed run restores it here, so call this before the loop. */
  track(parts: Readonly<Record<string, Saveable>>): void {
    this.state.track(parts);
  }

  /** Epoch numbers from 1 to `count`; a resumed run begins with the one it was in. `--patience` ends them early. */
  epochs(count: number): Generator<number> {
    return this.#loop.epochs(count);
  }

  /**
   * Indices of [0, count) in the order of this epoch, shuffled unless `inOrder`, `batchSize` at a time, the last
   * batch being what is left. Between two batches the run checkpoints if it is time and stops if it was asked to.
   */
  batches(count: number, batchSize: number, options?: BatchOptions): AsyncGenerator<Uint32Array> {
    return this.#loop.batches(count, batchSize, options);
  }

  /** Lets signals in, and stops the run if one came. Call it in an evaluation that takes seconds. */
  pause(): Promise<void> {
    return this.#loop.pause();
  }

  /** The learning rate for the next step, logged with it as `train/rate`; a trial may choose another. */
  rate(schedule: Schedule): number {
    return this.#loop.rate(schedule);
  }

  /**
   * Ends one training step.
   *
   * @param scalars `loss`, the mean over the batch, and its terms if it has several.
   * @param examples in this batch; the epoch's loss is the mean over examples.
   * @throws TrainingError if a scalar is not finite.
   */
  step(scalars: StepScalars, examples: number): void {
    this.#loop.step(scalars, examples);
  }

  /**
   * Ends an epoch: logs its mean training loss with these metrics (`validation/accuracy`), keeps the
   * checkpoint if the monitored metric is the best so far, and writes the last one.
   */
  endEpoch(metrics: Readonly<Record<string, number>>): void {
    this.#loop.endEpoch(metrics);
  }

  /** Puts back the tracked parts as they were after the best epoch; returns it with the monitored metric's value. */
  restoreBest(): Best {
    return this.state.restoreBest();
  }

  /** Shows what the model makes of some examples now: TensorBoard has every epoch's picture, the report the last. */
  async sample(name: string, svg: string): Promise<void> {
    writeSvg(join(this.folder, "samples"), name, svg);
    await writeSample(this.state.log.events, { name, svg, step: this.steps });
  }

  /** Writes `figures/<name>.svg` into the run folder; the report shows it. */
  figure(name: string, svg: string): void {
    writeSvg(join(this.folder, "figures"), name, svg);
  }
}
