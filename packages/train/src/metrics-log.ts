import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "./files.ts";

/** One line of `metrics.jsonl`: `step`, `epoch` and metrics by `split/name`. */
export type LogLine = Readonly<Record<string, number>>;

/** Lines are held back and written with each checkpoint and each epoch. */
export class MetricsLog {
  readonly #path: string;
  #pending = "";

  constructor(runFolder: string) {
    this.#path = join(runFolder, "metrics.jsonl");
  }

  append(line: LogLine): void {
    this.#pending += `${JSON.stringify(line)}\n`;
  }

  flush(): void {
    appendFileSync(this.#path, this.#pending);
    this.#pending = "";
  }

  /** Drops what was logged after a checkpoint's step, so that a resumed run logs it once. */
  truncateAfter(step: number): void {
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
