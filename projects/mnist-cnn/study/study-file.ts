import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import { readJson, writeJson } from "@course/train";
import type { Measured } from "./train-one.ts";
import type { Variant } from "./variants.ts";

/** What all runs of a study have in common: runs of other settings do not compare. */
export interface StudySettings {
  readonly dataset: string;
  readonly sha256: string; // of the data
  readonly epochs: number;
  readonly train: number;
  readonly validation: number;
}

export interface StudyRun extends Measured {
  readonly axis: string;
  readonly name: string;
  /** As JSON: a row of the table that was edited is another variant. */
  readonly change: string;
  readonly seed: number;
}

/** `study-<dataset>.json` in a folder: written after every run, so that a study can stop and go on. */
export class StudyFile {
  readonly path: string;
  readonly settings: StudySettings;
  readonly runs: StudyRun[] = [];

  /** @throws UserError if the file there is of a study with other settings. */
  constructor(folder: string, settings: StudySettings) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, `study-${settings.dataset}.json`);
    this.settings = settings;
    if (!existsSync(this.path)) return;
    const saved = readJson(this.path) as { settings: StudySettings; runs: StudyRun[] };
    for (const key of Object.keys(settings) as (keyof StudySettings)[])
      if (saved.settings?.[key] !== settings[key])
        throw new UserError(
          `${this.path}: expected a study with ${key} ${settings[key]}, received one with ${saved.settings?.[key]} (other flags? move the file away, or name another folder with --out)`,
        );
    this.runs.push(...saved.runs);
  }

  /** The run of this variant and seed, if it was made. */
  find({ axis, name, change }: Variant, seed: number): StudyRun | undefined {
    const text = JSON.stringify(change);
    return this.runs.find((run) => run.axis === axis && run.name === name && run.change === text && run.seed === seed);
  }

  add({ axis, name, change }: Variant, seed: number, measured: Measured): void {
    this.runs.push({ axis, name, change: JSON.stringify(change), seed, ...measured });
    this.write();
  }

  /** @param more further keys, such as what the runs add up to */
  write(more: object = {}): void {
    writeJson(this.path, { settings: this.settings, node: process.version, ...more, runs: this.runs });
  }
}
