import { type RandomState, UserError } from "@course/core";
import { Doctor } from "./doctor/doctor.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { MetricsLog } from "./metrics-log.ts";
import { type Best, Monitor } from "./monitor.ts";
import { describeOtherData, type Position, placeOf, startPosition } from "./position.ts";
import { Progress, type ProgressState } from "./progress.ts";
import { createResumableRandom, type ResumableRandom } from "./resumable-random.ts";
import { RunCheckpoints } from "./run-checkpoints.ts";
import type { RunSetup } from "./run-setup.ts";
import type { Saveable } from "./saveable.ts";

/** What a checkpoint holds beside the tracked parts. */
interface SavedRun extends Position {
  readonly doctor: unknown;
  readonly best: Best | null;
  readonly random: readonly RandomState[];
  readonly progress: ProgressState;
  /** Length of metrics.jsonl. */
  readonly logBytes: number;
  readonly forced: readonly string[];
}

/** All of a run that a checkpoint holds and a resume puts back. */
export class RunState {
  readonly random: ResumableRandom;
  readonly doctor: Doctor;
  readonly monitor: Monitor;
  readonly log: MetricsLog;
  readonly progress = new Progress();
  position = startPosition();
  /** The epoch after which `--patience` ended the training, if it did. */
  stoppedEarly: number | null = null;
  /** What `--force` let pass. */
  forced: readonly string[] = [];
  readonly #setup: RunSetup;
  readonly #checkpoints: RunCheckpoints;
  readonly #memory: MemoryWatch;

  constructor(setup: RunSetup) {
    this.#setup = setup;
    this.random = createResumableRandom(setup.seed);
    this.doctor = new Doctor(setup.display.warn);
    this.monitor = new Monitor(setup.monitor);
    this.log = new MetricsLog(setup.folder);
    this.#checkpoints = new RunCheckpoints(setup.folder, setup.display.warn);
    this.#memory = new MemoryWatch(setup.display.warn);
  }

  get parts(): Readonly<Record<string, Saveable>> {
    return this.#checkpoints.parts;
  }

  get epochsDone(): number {
    return this.position.epoch - 1;
  }

  /** Takes the parts and, in a resumed run, puts everything back. @throws UserError for other data than before. */
  track(parts: Readonly<Record<string, Saveable>>): void {
    this.#checkpoints.parts = parts;
    this.random.seal();
    if (!this.#setup.resume) return;
    const checkpoint = this.#checkpoints.read("last");
    const { doctor, best, random, progress, logBytes, forced, ...position } = readState(checkpoint);
    const { datasetSha256 } = this.position;
    this.forced = [...forced, ...this.#acceptData(position, datasetSha256)];
    this.#checkpoints.restore(checkpoint);
    this.position = { ...position, datasetSha256 };
    this.doctor.restore(doctor);
    this.monitor.best = best;
    this.random.restoreStates(random);
    this.progress.restore(progress);
    this.log.truncate(logBytes, position.step);
    this.#setup.display.note(`resumed at ${placeOf(position)}`);
  }

  checkpoint(...names: ("best" | "last")[]): void {
    if (this.#setup.trial) return;
    this.log.flush();
    const state: SavedRun = {
      ...this.position,
      doctor: this.doctor.state(),
      best: this.monitor.best,
      random: this.random.states(),
      progress: this.progress.state(),
      logBytes: this.log.bytes,
      forced: this.forced,
    };
    this.#checkpoints.write(names, { ...state }, `step ${this.position.step}`);
  }

  /** Once a minute, besides the end of an epoch; and when memory becomes scarce. */
  checkpointIfDue(): void {
    if (this.#checkpoints.isDue || this.#memory.isNearlyFull(this.parts)) this.checkpoint("last");
  }

  /** Puts the tracked parts back, nothing else; returns the epoch that they are of. */
  restoreBest(): Best {
    const checkpoint = this.#checkpoints.read("best");
    this.#checkpoints.restore(checkpoint);
    return readState(checkpoint).best!;
  }

  /** What to record if the data are not those of the checkpoint. @throws UserError without `--force`. */
  #acceptData(position: Position, datasetSha256: string | null): string[] {
    const difference = describeOtherData(position.datasetSha256, datasetSha256);
    if (!difference) return [];
    const { display, force } = this.#setup;
    if (!force) throw new UserError(`--resume: ${difference} (other data than before; --force goes on with them)`);
    display.warn(`--force: ${difference}`);
    return [`${difference}, from ${placeOf(position)} on`];
  }
}

function readState({ position }: { position: object }): SavedRun {
  return position as SavedRun;
}
