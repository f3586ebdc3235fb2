import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "./files.ts";
import { createEventWriter, type EventWriter } from "./tensorboard/event-writer.ts";

/** One line of `metrics.jsonl`: `step`, `epoch` and metrics by `split/name`. */
export type LogLine = Readonly<Record<string, number>>;

/**
 * `metrics.jsonl`, and the same for TensorBoard. Lines are held back and written with each
 * checkpoint and each epoch.
 */
export class MetricsLog {
  readonly #folder: string;
  readonly #path: string;
  #pending = "";
  #events: EventWriter | undefined;
  #resumeAfter: number | undefined;

  constructor(runFolder: string) {
    this.#folder = runFolder;
    this.#path = join(runFolder, "metrics.jsonl");
  }

  append(line: LogLine): void {
    this.#pending += `${JSON.stringify(line)}\n`;
    const { step, epoch: _, ...values } = line;
    this.#events ??= createEventWriter(this.#folder, { resumeAfter: this.#resumeAfter });
    this.#events.scalars(values, step!);
  }

  flush(): void {
    appendFileSync(this.#path, this.#pending);
    this.#pending = "";
    this.#events?.flush();
  }

  /** Drops what was logged after a checkpoint's step, so that a resumed run logs it once. */
  truncateAfter(step: number): void {
    this.#resumeAfter = step;
    const kept = readMetrics(this.#path).filter((line) => line.step! <= step);
    replaceFile(this.#path, kept.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
}

/** The whole lines of a `metrics.jsonl`; a last line that a crash cut off is left out. */
export function readMetrics(path: string): LogLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as LogLine);
}
