import { closeSync, openSync, writeSync } from "node:fs";
import { frameRecord } from "./record.ts";

export interface RecordFile {
  append(data: Uint8Array): void;
  /** Hands what is pending to the operating system. */
  flush(): void;
  /** Flushes; safe to call twice. */
  close(): void;
}

const BYTES_UNTIL_FLUSH = 1 << 20; // images should not pile up in memory

/** Makes a file of TFRecords. @throws Error if `path` exists; from `append` after `close`. */
export function createRecordFile(path: string): RecordFile {
  const file = openSync(path, "ax");
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let isOpen = true;
  const flush = () => {
    const bytes = Buffer.concat(pending);
    pending = []; // also when the write fails: half of it may stand in the file
    pendingBytes = 0;
    writeAll(file, bytes, path);
  };
  return {
    append(data) {
      if (!isOpen) throw new Error(`event writer: ${path} is closed`);
      const record = frameRecord(data);
      pending.push(record);
      pendingBytes += record.length;
      if (pendingBytes > BYTES_UNTIL_FLUSH) flush();
    },
    flush,
    close() {
      if (!isOpen) return;
      isOpen = false;
      try {
        flush();
      } finally {
        closeSync(file);
      }
    },
  };
}

function writeAll(file: number, bytes: Uint8Array, path: string): void {
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  } catch (error) {
    throw Object.assign(error as Error, { path }); // a failed write to an open file does not know its path
  }
}
