import { mkdirSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import {
  histogramValue,
  imageValue,
  scalarValue,
  sessionStartEvent,
  summaryEvent,
  textValue,
  versionEvent,
} from "./event.ts";
import { summarizeHistogram } from "./histogram.ts";
import { readPngInfo } from "./png-info.ts";
import { createRecordFile } from "./record-file.ts";

export interface EventWriterOptions {
  /**
   * Steps done at the checkpoint that a run resumes from: TensorBoard drops what earlier files of
   * this folder hold after it. Leave it out for a new run.
   */
  readonly resumeAfter?: number | undefined;
  /** Milliseconds since 1970, for wall times and the file's name. */
  readonly now?: (() => number) | undefined;
  /** The host in the file's name. */
  readonly host?: string | undefined;
}

/**
 * Writes what TensorBoard shows. `tag` is `split/name`: the part before the slash groups the charts.
 * Every method throws a RangeError for a step that is not an integer from 0 up and an Error after `close`.
 */
export interface EventWriter {
  readonly path: string;
  /** Stored as float32. */
  scalar(tag: string, value: number, step: number): void;
  /** Several scalars of one step in one event. */
  scalars(values: Readonly<Record<string, number>>, step: number): void;
  /** The distribution of `values` in 30 buckets. Throws a RangeError for a value that is not finite. */
  histogram(tag: string, values: ArrayLike<number>, step: number): void;
  /** Throws a RangeError if the bytes are not a PNG. */
  image(tag: string, png: Uint8Array, step: number): void;
  text(tag: string, markdown: string, step: number): void;
  /** Hands what is pending to the operating system. */
  flush(): void;
  /** Flushes; safe to call twice. */
  close(): void;
}

/** Opens a new `events.out.tfevents.*` in `folder`, which is made if it does not exist. */
export function createEventWriter(folder: string, options: EventWriterOptions = {}): EventWriter {
  const { resumeAfter, now = Date.now, host = hostname() } = options;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, nextName(readdirSync(folder), Math.floor(now() / 1000), host));
  const file = createRecordFile(path);
  const at = (step: number) => ({ wallTime: now() / 1000, step: checkStep(step) });
  const summary = (step: number, ...values: readonly Uint8Array[]) => file.append(summaryEvent(at(step), values));
  file.append(versionEvent(now() / 1000));
  // TensorBoard takes the first start in a folder for the run's own, and each later one for a restart
  file.append(sessionStartEvent(at(resumeAfter === undefined ? 0 : checkStep(resumeAfter) + 1)));
  return {
    path,
    scalar: (tag, value, step) => summary(step, scalarValue(tag, value)),
    scalars: (values, step) => summary(step, ...Object.entries(values).map(([tag, value]) => scalarValue(tag, value))),
    histogram: (tag, values, step) => summary(step, histogramValue(tag, summarizeHistogram(values))),
    image: (tag, png, step) => summary(step, imageValue(tag, png, readPngInfo(png))),
    text: (tag, markdown, step) => summary(step, textValue(tag, markdown)),
    flush: file.flush,
    close: file.close,
  };
}

/**
 * TensorBoard reads the files of a folder in the order of their names, so a later file needs a later
 * second in its name, even if two start in one second or the clock was set back.
 */
function nextName(names: readonly string[], second: number, host: string): string {
  const taken = names.map((name) => Number(/^events\.out\.tfevents\.(\d+)\./.exec(name)?.[1] ?? -1));
  const free = Math.max(second, ...taken.map((other) => other + 1));
  return `events.out.tfevents.${String(free).padStart(10, "0")}.${host}`;
}

function checkStep(step: number): number {
  if (Number.isSafeInteger(step) && step >= 0) return step;
  throw new RangeError(`event writer: expected a step that is an integer from 0 up, received ${step}`);
}
