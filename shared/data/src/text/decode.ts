import { UserError } from "@course/core";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "latin1";

export interface DecodedText {
  /** Without a byte-order mark; every line ends in "\n", whatever it ended in before. */
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * Bytes → text. A byte-order mark decides; without one, the place of the zero bytes tells UTF-16,
 * and what is not valid UTF-8 is read as Latin-1 (as Windows-1252, which contains it). The caller
 * says so to the user: a wrong guess shows as wrong accents only. A Ctrl-Z, with which DOS ended a
 * file, is dropped.
 *
 * @param what the file's name, for the message.
 * @throws UserError for bytes that no text has (a picture, an archive).
 */
export function decodeText(what: string, bytes: Uint8Array): DecodedText {
  const encoding = markedEncoding(bytes) ?? guessEncoding(bytes);
  const decoded = new TextDecoder(encoding).decode(bytes); // drops a byte-order mark
  const text = decoded.endsWith(CTRL_Z) ? decoded.slice(0, -1) : decoded;
  const control = text.search(CONTROL);
  if (control >= 0)
    throw new UserError(
      `${what}: expected text, received the control character ${text.charCodeAt(control)} ` +
        `at character ${control} (a binary file?)`,
    );
  return { text: text.replace(/\r\n?/g, "\n"), encoding };
}

const CTRL_Z = "\x1a";
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/;

function markedEncoding(bytes: Uint8Array): Encoding | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return undefined;
}

/** Latin letters have a zero byte in UTF-16: the second one where the low byte comes first. */
function guessEncoding(bytes: Uint8Array): Encoding {
  const zeros: [number, number] = [0, 0];
  const sample = bytes.subarray(0, 1000);
  sample.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]! += 1;
  });
  if (zeros[1] > 0.3 * sample.length) return "utf-16le";
  if (zeros[0] > 0.3 * sample.length) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : "latin1";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
