import { readFileSync } from "node:fs";

/** Fields of a protobuf message by number, in order of appearance; nested messages stay bytes. */
export type Message = Readonly<Record<number, (number | Buffer)[]>>;

/** The whole records of an event file. @throws Error if a checksum does not fit. */
export function readRecords(path: string): Buffer[] {
  const bytes = readFileSync(path);
  const records: Buffer[] = [];
  let at = 0;
  while (at + 12 <= bytes.length) {
    const length = Number(bytes.readBigUInt64LE(at));
    const end = at + 12 + length;
    if (end + 4 > bytes.length) break; // a crash cut it off
    const data = bytes.subarray(at + 12, end);
    if (bytes.readUInt32LE(at + 8) !== masked(bytes.subarray(at, at + 8))) throw new Error(`length at ${at}`);
    if (bytes.readUInt32LE(end) !== masked(data)) throw new Error(`data at ${at}`);
    records.push(data);
    at = end + 4;
  }
  return records;
}

export function readMessage(bytes: Buffer): Message {
  const fields: Record<number, (number | Buffer)[]> = {};
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  const take = (count: number) => {
    at += count;
    return bytes.subarray(at - count, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const kind = key % 8;
    let value: number | Buffer;
    if (kind === 0) value = varint();
    else if (kind === 1) value = take(8).readDoubleLE();
    else if (kind === 5) value = take(4).readFloatLE();
    else value = take(varint());
    fields[Math.floor(key / 8)] ??= [];
    fields[Math.floor(key / 8)]!.push(value);
  }
  return fields;
}

/** Follows field numbers into nested messages: `dig(event, 5, 1)` is the summary's first value. */
export function dig(message: Message, ...path: readonly number[]): Message {
  return path.reduce((inner, field) => readMessage(inner[field]![0] as Buffer), message);
}

export function doubles(packed: number | Buffer | undefined): number[] {
  const bytes = packed as Buffer;
  return Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(i * 8));
}

/** Bit by bit, unlike the table of the code under test. */
function masked(bytes: Uint8Array): number {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x82f63b78n : crc >> 1n;
  }
  crc ^= 0xffffffffn;
  const rotated = ((crc >> 15n) | (crc << 17n)) & 0xffffffffn;
  return Number((rotated + 0xa282ead8n) & 0xffffffffn);
}
