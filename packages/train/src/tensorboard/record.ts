import { maskedCrc32c } from "./crc32c.ts";

const HEADER_BYTES = 12; // length and its checksum
const FOOTER_BYTES = 4;

/**
 * One TFRecord: length (8 bytes, little-endian), its masked CRC-32C, the data, their masked CRC-32C.
 * Source: tensorflow.org/tutorials/load_data/tfrecord.
 */
export function frameRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(HEADER_BYTES + data.length + FOOTER_BYTES);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(data, HEADER_BYTES);
  view.setUint32(HEADER_BYTES + data.length, maskedCrc32c(data), true);
  return record;
}
