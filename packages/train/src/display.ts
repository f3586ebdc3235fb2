import cliProgress, { type Options, type SingleBar } from "cli-progress";
import { createDownloadBar, type DownloadProgress } from "./download-bar.ts";
import type { LogLine } from "./metrics-log.ts";
import type { Summary } from "./summary.ts";

/** What a run shows while it goes on. */
export interface Display {
  /** Name–value lines about the run, before the first step. */
  header(lines: Readonly<Record<string, string>>): void;
  note(line: string): void;
  warn(line: string): void;
  startEpoch(epoch: number, epochs: number, steps: number): void;
  step(stepOfEpoch: number, loss: number, examplesPerSecond: number): void;
  endEpoch(line: LogLine, epochs: number): void;
  end(summary: Summary, text: string): void;
  download(progress: DownloadProgress): void;
  /** Leaves the terminal as it was; safe to call twice. */
  close(): void;
}

export function createDisplay(mode: "progress" | "json" | "quiet"): Display {
  if (mode === "json") return jsonDisplay();
  if (mode === "quiet") return quietDisplay();
  return textDisplay(process.stdout.isTTY === true);
}

/** `loss 0.2912 · accuracy 0.8940` without the bookkeeping keys. */
export function formatScalars(line: LogLine): string {
  return Object.entries(line)
    .filter(([key]) => key !== "step" && key !== "epoch")
    .map(([key, value]) => `${key} ${formatNumber(value)}`)
    .join(" · ");
}

export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5 ? value.toFixed(4) : value.toExponential(2);
}

const warn = (line: string) => void process.stderr.write(`warning: ${line}\n`);
const nothing = () => {};

function quietDisplay(): Display {
  return {
    header: nothing,
    note: nothing,
    warn,
    startEpoch: nothing,
    step: nothing,
    endEpoch: nothing,
    end: nothing,
    download: nothing,
    close: nothing,
  };
}

function jsonDisplay(): Display {
  const print = (event: string, value: object) => void process.stdout.write(`${JSON.stringify({ event, ...value })}\n`);
  return {
    ...quietDisplay(),
    header: (lines) => print("start", lines),
    note: (text) => print("note", { text }),
    warn: (text) => print("warning", { text }),
    endEpoch: (line) => print("epoch", line),
    end: (summary) => print("end", summary),
  };
}

const MILLISECONDS_BETWEEN_DRAWINGS = 200; // each costs a third of a millisecond

/** With a terminal a bar that is redrawn; without one, a line per epoch and no control codes. */
function textDisplay(isTerminal: boolean): Display {
  let bar: SingleBar | undefined;
  let steps = 0;
  let drawnAt = 0;
  const downloads = createDownloadBar();
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  const close = () => {
    bar?.stop();
    bar = undefined;
    downloads.close();
  };
  return {
    header(lines) {
      for (const [key, value] of Object.entries(lines)) print(`${key.padEnd(12)}${value}`);
    },
    note: print,
    warn,
    startEpoch(epoch, epochs, stepsOfEpoch) {
      steps = stepsOfEpoch;
      if (!isTerminal) return;
      const options: Options = {
        format: `epoch ${epoch}/${epochs} {bar} {value}/{total} · loss {loss} · {speed} examples/s · {eta_formatted} left`,
        hideCursor: true,
        clearOnComplete: true,
        barsize: 24,
      };
      bar = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
      bar.start(steps, 0, { loss: "–", speed: "–" });
    },
    step(stepOfEpoch, loss, examplesPerSecond) {
      const isDue = stepOfEpoch === steps || performance.now() - drawnAt > MILLISECONDS_BETWEEN_DRAWINGS;
      if (!bar || !isDue) return;
      drawnAt = performance.now();
      bar.update(stepOfEpoch, { loss: loss.toFixed(4), speed: Math.round(examplesPerSecond).toLocaleString("en") });
    },
    endEpoch(line, epochs) {
      close();
      print(`epoch ${line.epoch}/${epochs}  ${formatScalars(line)}`);
    },
    end: (_, text) => print(text),
    download: downloads.onProgress,
    close,
  };
}
