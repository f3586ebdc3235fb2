import { createHash } from "node:crypto";
import type { DataFile } from "../catalogue/entry.ts";

/** SHA-256, hexadecimal. 50 MB take about 0.05 s. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What is wrong with a decompressed payload, in one line, or undefined where it is what the catalogue says. */
export function findDamage(file: DataFile, bytes: Uint8Array): string | undefined {
  if (looksLikeHtml(bytes))
    return "expected data, received an HTML page (an error or log-in page of the server or the network?)";
  const received = sha256(bytes);
  if (received === file.sha256) return undefined;
  const sizes = bytes.length === file.size ? "" : `; expected ${file.size} bytes, received ${bytes.length}`;
  const cause = bytes.length < file.size ? "cut short" : "another version of the file";
  return `expected SHA-256 ${file.sha256}, received ${received}${sizes} (${cause}, or damaged?)`;
}

function looksLikeHtml(bytes: Uint8Array): boolean {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 200)).trimStart().toLowerCase();
  return start.startsWith("<!doctype html") || start.startsWith("<html");
}
