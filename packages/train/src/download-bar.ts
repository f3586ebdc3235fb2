import cliProgress, { type SingleBar } from "cli-progress";

/** How far a download is, in bytes; the total where the server says it. */
export interface DownloadProgress {
  readonly file: string;
  readonly received: number;
  readonly total?: number | undefined;
}

export interface DownloadBar {
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Leaves the terminal as it was; safe to call twice. */
  close(): void;
}

/** A bar with byte counts on stderr; without a terminal, a line when a file begins. */
export function createDownloadBar(stream: NodeJS.WriteStream = process.stderr): DownloadBar {
  let bar: SingleBar | undefined;
  let current: string | undefined;
  const close = () => {
    bar?.stop();
    bar = undefined;
  };
  const begin = ({ file, total }: DownloadProgress) => {
    close();
    current = file;
    if (!stream.isTTY) {
      stream.write(`downloading ${file}${total ? ` (${megabytes(total)} MB)` : ""}\n`);
      return;
    }
    const format = "downloading {file} {bar} {done} of {all} MB · {eta_formatted} left";
    bar = new cliProgress.SingleBar({ format, stream, hideCursor: true, clearOnComplete: true, barsize: 24 });
    bar.start(total ?? 0, 0, { file, done: "0.0", all: total ? megabytes(total) : "?" });
  };
  return {
    onProgress(progress) {
      if (progress.file !== current) begin(progress);
      bar?.update(progress.received, { done: megabytes(progress.received) });
      if (progress.received === progress.total) close();
    },
    close,
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
