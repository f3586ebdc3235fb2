import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { createRandom, type Random, UserError } from "@course/core";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import type { Display } from "./display.ts";
import { Doctor } from "./doctor/doctor.ts";
import type { Finding } from "./doctor/finding.ts";
import type { RunOutcome } from "./doctor/history.ts";
import type { Probe } from "./doctor/probe.ts";
import type { DownloadProgress } from "./download-bar.ts";
import type { Backend } from "./experiment.ts";
import { replaceFile } from "./files.ts";
import { Interrupted, type InterruptWatch, TrainingError } from "./interrupt.ts";
import { type LogLine, MetricsLog } from "./metrics-log.ts";
import type { Saveable } from "./saveable.ts";
import type { DatasetSummary } from "./summary.ts";

/** Where the loop stands; all of it is in every checkpoint. */
interface Position {
  epoch: number;
  /** Batches of this epoch that are done. */
  batch: number;
  step: number;
  lossSum: number;
  examples: number;
  best: { value: number; epoch: number } | null;
  datasetSha256: string | null;
}

export interface RunSetup {
  readonly folder: string;
  readonly seed: number;
  readonly dataFolder: string | undefined;
  readonly backend: Backend;
  readonly monitor: { readonly metric: string; readonly mode: "max" | "min" };
  readonly display: Display;
  readonly interrupts: InterruptWatch;
  readonly resume: boolean;
}

export interface Dataset {
  readonly provenance: { name: string; source: string; sha256: string; isSubset: boolean };
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

const MILLISECONDS_BETWEEN_PAUSES = 50; // in which Ctrl-C is heard
const MILLISECONDS_BETWEEN_CHECKPOINTS = 60_000;
const STEPS_BETWEEN_LOG_LINES = 10;

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
  /** For initial weights and splits. In the loop draw from `stepRandom()`: it survives a resume. */
  readonly random: Random;
  dataset: DatasetSummary | undefined;
  parameters = 0;
  backendName = "typed arrays";
  trainingSeconds = 0;
  examplesSeen = 0;
  readonly #setup: RunSetup;
  readonly #log: MetricsLog;
  readonly #doctor: Doctor;
  #parts: Readonly<Record<string, Saveable>> = {};
  #position: Position = { epoch: 1, batch: 0, step: 0, lossSum: 0, examples: 0, best: null, datasetSha256: null };
  #epochs = 0;
  #lastPause = performance.now();
  #lastCheckpoint = performance.now();

  constructor(setup: RunSetup) {
    this.#setup = setup;
    this.folder = setup.folder;
    this.seed = setup.seed;
    this.dataFolder = setup.dataFolder;
    this.backend = setup.backend;
    this.random = createRandom(setup.seed);
    this.#log = new MetricsLog(setup.folder);
    this.#doctor = new Doctor(setup.display.warn);
  }

  /** Steps done so far, those before a resume included. */
  get steps(): number {
    return this.#position.step;
  }

  get epochsDone(): number {
    return this.#position.epoch - 1;
  }

  /** Shows a download; give it to a loader as `onProgress`. */
  readonly onProgress = (progress: DownloadProgress): void => this.#setup.display.download(progress);

  /** Draws for this step only: the same whether or not the run was resumed in between. */
  stepRandom(): Random {
    return this.random.stream(`step/${this.#position.step}`);
  }

  /** Records the data and shows where they came from. Call before `track`. */
  useDataset({ provenance, train, validation, test }: Dataset): void {
    const { name, source, sha256, isSubset } = provenance;
    this.dataset = { name, source, sha256, isSubset, train, validation, test };
    this.#position.datasetSha256 = sha256;
    this.#doctor.dataset = { train, validation, test };
    const counts = `${train.toLocaleString("en")} train, ${validation.toLocaleString("en")} validation, ${test.toLocaleString("en")} test`;
    this.#setup.display.header({ data: `${name} (${source}): ${counts}` });
    if (isSubset)
      this.#setup.display.warn(
        `${name}: the full data could not be reached; this is the subset in the repository, and the result is not comparable`,
      );
  }

  /** Records the size of the model and what computes. */
  describe({ parameters, backend }: { parameters: number; backend?: string }): void {
    this.parameters = parameters;
    if (backend !== undefined) this.backendName = backend;
    this.#setup.display.header({ parameters: parameters.toLocaleString("en"), backend: this.backendName });
  }

  /** Tells the training doctor about the task, inputs and layers; see the README for what each part is good for. */
  probe(probe: Probe): void {
    this.#doctor.probe(probe);
  }

  /** What the doctor found so far, or with the outcome in all. */
  diagnose(outcome?: RunOutcome): Finding[] {
    return this.#doctor.diagnose(outcome);
  }

  /** What belongs into a checkpoint. A resumed run restores it here, so call this before the loop. */
  track(parts: Readonly<Record<string, Saveable>>): void {
    this.#parts = parts;
    if (!this.#setup.resume) return;
    const checkpoint = readCheckpoint(this.#checkpointFolder("last"), this.#setup.display.warn);
    const position = checkpoint.position as unknown as Position;
    const found = this.#position.datasetSha256;
    if (found !== position.datasetSha256)
      throw new UserError(
        `--resume: expected the data set ${position.datasetSha256}, received ${found} (other data than the run was started with)`,
      );
    this.#restoreParts(checkpoint);
    this.#position = position;
    this.#doctor.restore(checkpoint.position.doctor);
    this.#log.truncateAfter(this.#position.step);
    this.#setup.display.note(`resumed at epoch ${this.#position.epoch}, step ${this.#position.step}`);
  }

  /** Epoch numbers from 1 to `count`; a resumed run begins with the one it was in. */
  *epochs(count: number): Generator<number> {
    this.#epochs = count;
    while (this.#position.epoch <= count) yield this.#position.epoch;
  }

  /**
   * Indices of [0, count) in the order of this epoch, `batchSize` at a time, the last batch being
   * what is left. Between two batches the run checkpoints if it is time and stops if it was asked to.
   */
  async *batches(count: number, batchSize: number): AsyncGenerator<Uint32Array> {
    const { display } = this.#setup;
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    this.random.stream(`shuffle/${this.#position.epoch}`).shuffle(order);
    display.startEpoch(this.#position.epoch, this.#epochs, Math.ceil(count / batchSize));
    for (let start = this.#position.batch * batchSize; start < count; start += batchSize) {
      await this.pause();
      if (performance.now() - this.#lastCheckpoint > MILLISECONDS_BETWEEN_CHECKPOINTS) this.#checkpoint("last");
      const began = performance.now();
      yield order.subarray(start, Math.min(start + batchSize, count));
      this.trainingSeconds += (performance.now() - began) / 1000;
    }
  }

  /**
   * Lets signals in, and stops the run if one came. The loop does this between batches; call it in
   * an evaluation that takes seconds.
   */
  async pause(): Promise<void> {
    if (performance.now() - this.#lastPause < MILLISECONDS_BETWEEN_PAUSES) return;
    await setImmediate();
    this.#lastPause = performance.now();
    if (!this.#setup.interrupts.requested) return;
    this.#checkpoint("last");
    throw new Interrupted(`interrupted at epoch ${this.#position.epoch}, step ${this.#position.step}`);
  }

  /**
   * Ends one training step.
   *
   * @param scalars `loss`, the mean over the batch, and its terms if it has several.
   * @param examples in this batch; the epoch's loss is the mean over examples.
   * @throws TrainingError if a scalar is not finite.
   */
  step(scalars: { readonly loss: number; readonly [name: string]: number }, examples: number): void {
    const position = this.#position;
    const { loss, gradientNorm } = scalars;
    this.#doctor.step({ step: position.step + 1, epoch: position.epoch, loss, examples, gradientNorm });
    for (const [name, value] of Object.entries(scalars)) {
      if (Number.isFinite(value)) continue;
      throw new TrainingError(
        `train/${name} at step ${position.step + 1} (epoch ${position.epoch}): expected a finite number, received ${value}` +
          ` (learning rate too high, or a logarithm or division of zero?)`,
      );
    }
    position.step++;
    position.batch++;
    position.lossSum += scalars.loss * examples;
    position.examples += examples;
    this.examplesSeen += examples;
    if (position.step % STEPS_BETWEEN_LOG_LINES === 0 || position.step === 1) {
      const named = Object.fromEntries(Object.entries(scalars).map(([name, value]) => [`train/${name}`, value]));
      this.#log.append({ step: position.step, epoch: position.epoch, ...named });
    }
    const speed = this.examplesSeen / Math.max(this.trainingSeconds, 1e-9);
    this.#setup.display.step(position.batch, position.lossSum / position.examples, speed);
  }

  /**
   * Ends an epoch: logs its mean training loss with these metrics (`validation/accuracy`), keeps the
   * checkpoint if the monitored metric is the best so far, and writes the last one.
   */
  endEpoch(metrics: Readonly<Record<string, number>>): void {
    const position = this.#position;
    const { metric, mode } = this.#setup.monitor;
    const value = metrics[metric];
    if (value === undefined || !Number.isFinite(value))
      throw new TrainingError(`endEpoch: expected a finite "${metric}" (the monitored metric), received ${value}`);
    const loss = position.lossSum / position.examples;
    const line: LogLine = { step: position.step, epoch: position.epoch, "train/epochLoss": loss, ...metrics };
    this.#log.append(line);
    this.#setup.display.endEpoch(line, this.#epochs);
    this.#doctor.endEpoch(line);
    const isBest =
      position.best === null || (mode === "max" ? value > position.best.value : value < position.best.value);
    if (isBest) position.best = { value, epoch: position.epoch };
    Object.assign(position, { epoch: position.epoch + 1, batch: 0, lossSum: 0, examples: 0 });
    if (isBest) this.#checkpoint("best");
    this.#checkpoint("last");
  }

  /** Puts back the tracked parts as they were after the best epoch; returns that epoch. */
  restoreBest(): number {
    this.#restoreParts(readCheckpoint(this.#checkpointFolder("best"), this.#setup.display.warn));
    return this.#position.best!.epoch;
  }

  /** Writes `figures/<name>.svg` into the run folder; the report shows it. */
  figure(name: string, svg: string): void {
    mkdirSync(join(this.folder, "figures"), { recursive: true });
    replaceFile(join(this.folder, "figures", `${name}.svg`), svg);
  }

  #checkpointFolder(name: "best" | "last"): string {
    return join(this.folder, "checkpoints", name);
  }

  #checkpoint(name: "best" | "last"): void {
    this.#log.flush();
    const parts = Object.fromEntries(Object.entries(this.#parts).map(([part, saveable]) => [part, saveable.state()]));
    writeCheckpoint(this.#checkpointFolder(name), {
      position: { ...this.#position, doctor: this.#doctor.state() },
      parts,
    });
    this.#lastCheckpoint = performance.now();
  }

  #restoreParts({ parts }: Checkpoint): void {
    for (const [name, saveable] of Object.entries(this.#parts)) {
      const saved = parts[name];
      if (!saved)
        throw new TrainingError(`checkpoint: expected a part "${name}", found ${Object.keys(parts).join(", ")}`);
      saveable.restore(saved);
    }
  }
}
