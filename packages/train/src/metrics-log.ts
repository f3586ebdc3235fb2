import { appendFileSync, existsSync, readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
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
    this.events.scalars(values, step!);
  }

  /** For what only TensorBoard shows. The file is made when it is first asked for. */
  get events(): EventWriter {
    this.#events ??= createEventWriter(this.#folder, { resumeAfter: this.#resumeAfter });
    return this.#events;
  }

  /** Of the file, what is held back left out. */
  get bytes(): number {
    return existsSync(this.#path) ? statSync(this.#path).size : 0;
  }

  flush(): void {
    appendFileSync(this.#path, this.#pending);
    this.#pending = "";
    this.#events?.flush();
  }

  /**
   * Drops what was logged after a checkpoint, so that a resumed run logs it once.
   *
   * @param bytes of the file at the checkpoint.
   * @param step of the checkpoint.
   */
  truncate(bytes: number, step: number): void {
    this.#resumeAfter = step;
    if (this.bytes > bytes) truncateSync(this.#path, bytes);
  }
}

/** The whole lines of a `metrics.jsonl`; a last line that a crash cut off is left out. */
export function readMetrics(path: string): LogLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as LogLine);
}
