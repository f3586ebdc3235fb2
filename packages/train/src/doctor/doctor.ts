import type { LogLine } from "../metrics-log.ts";
import { diagnose } from "./checks.ts";
import { fromExactJson, toExactJson } from "./exact-json.ts";
import { describeFinding, type Finding } from "./finding.ts";
import { assertFiniteGradients } from "./finite-gradients.ts";
import { type EpochRecord, type History, type Reading, type RunOutcome, totalNorm } from "./history.ts";
import { type LayerProbe, readLayer } from "./layer-reading.ts";
import type { Probe } from "./probe.ts";
import { StepTally } from "./step-tally.ts";

export interface DoctorStep {
  /** Counted from 1 over the run. */
  readonly step: number;
  readonly epoch: number;
  /** Mean over the batch. */
  readonly loss: number;
  readonly examples: number;
  /** Of all parameters together, where the loop logs it. */
  readonly gradientNorm?: number | undefined;
}

interface DoctorState {
  readonly tally: object;
  readonly record: RunRecord;
  readonly jumpAt: number | null;
  readonly lastStep: DoctorStep | null;
  readonly reported: readonly string[];
}

interface RunRecord {
  readonly epochs: EpochRecord[];
  readonly jumps: Reading[];
  readings: Reading[];
  firstReading?: Reading;
}

const JUMP = 2; // times the loss of the reading before: at most about 130 readings until float32 ends

/**
 * Watches a run for the silent failures of `CHECKS` and warns once of each. Its whole state is in
 * every checkpoint, so a resumed run is diagnosed like an uninterrupted one.
 */
export class Doctor {
  dataset: History["dataset"];
  /** As last read; the arrays are live, so the gradients are those of the last step. */
  layers: readonly LayerProbe[] = [];
  readonly #warn: (line: string) => void;
  readonly #tally = new StepTally();
  #probe: Probe = {};
  #record: RunRecord = { epochs: [], jumps: [], readings: [] };
  #jumpAt: number | null = null;
  #lastStep: DoctorStep | null = null;
  #reported = new Set<string>();

  constructor(warn: (line: string) => void) {
    this.#warn = warn;
  }

  /** Adds to what the project tells; a later part replaces the earlier one of its name. */
  probe(probe: Probe): void {
    this.#probe = { ...this.#probe, ...probe };
  }

  /**
   * After each training step, its gradients still in place; also after one whose loss is not finite.
   *
   * @throws TrainingError that names a layer whose gradient is not finite, if the loss still is.
   */
  step(step: DoctorStep): void {
    const { loss } = step;
    const isFirstOfEpoch = this.#tally.steps === 0;
    if (isFirstOfEpoch) this.#record.readings = [];
    this.#jumpAt ??= JUMP * loss;
    const hasJumped = !Number.isFinite(loss) || (loss > 0 && loss >= this.#jumpAt);
    const readings = hasJumped || isFirstOfEpoch ? this.#read(step) : [];
    if (hasJumped) this.#jumpAt = JUMP * loss;
    if (hasJumped || readings.some(isNotFinite)) this.#record.jumps.push(...readings);
    else this.#record.readings.push(...readings);
    if (!Number.isFinite(loss)) return;
    this.#tally.add({ loss, examples: step.examples });
    this.#lastStep = step;
    readings.forEach(assertFiniteGradients);
  }

  /** Checks what is known after an epoch and warns of what is new. @throws TrainingError as `step` does. */
  endEpoch({ step, epoch, ...metrics }: LogLine): void {
    const steps = this.#tally.summary();
    if (!steps) return;
    const readings = steps.steps > 1 ? this.#read(this.#lastStep!) : [];
    this.#record.jumps.push(...readings.filter(isNotFinite));
    readings.forEach(assertFiniteGradients);
    this.#record.readings.push(...readings);
    this.#record.epochs.push({ epoch, step, metrics, steps });
    this.#tally.reset();
    this.diagnose();
  }

  /** Everything found so far; warns of what is new. Give the outcome once the run has ended. */
  diagnose(outcome?: RunOutcome): Finding[] {
    const findings = diagnose({ ...this.#record, dataset: this.dataset, outcome }, this.#probe);
    for (const finding of findings) {
      if (this.#reported.has(finding.check)) continue;
      this.#reported.add(finding.check);
      this.#warn(describeFinding(finding));
    }
    return findings;
  }

  /** For a checkpoint. */
  state(): string {
    const state: DoctorState = {
      tally: this.#tally.state(),
      record: this.#record,
      jumpAt: this.#jumpAt,
      lastStep: this.#lastStep,
      reported: [...this.#reported],
    };
    return toExactJson(state);
  }

  /** @param state as from `state()`; undefined in a checkpoint of an older version. */
  restore(state: unknown): void {
    if (typeof state !== "string") return;
    const { tally, record, jumpAt, lastStep, reported } = fromExactJson(state) as DoctorState;
    this.#tally.restore(tally);
    this.#record = record;
    this.#jumpAt = jumpAt;
    this.#lastStep = lastStep;
    this.#reported = new Set(reported);
  }

  /** One reading of the layers, or none if the project gives neither layers nor a gradient's norm. */
  #read({ step, epoch, loss, gradientNorm }: DoctorStep): Reading[] {
    const whole = gradientNorm === undefined ? [] : [{ name: "all layers together", gradientNorm }];
    this.layers = this.#probe.layers?.() ?? [];
    const layers = this.layers.length > 0 ? this.layers.map(readLayer) : whole;
    if (layers.length === 0) return [];
    const reading: Reading = { step, epoch, loss, layers };
    this.#record.firstReading ??= reading;
    return [reading];
  }
}

function isNotFinite(reading: Reading): boolean {
  return !Number.isFinite(totalNorm(reading));
}
