const POLYNOMIAL = 0x82f63b78; // Castagnoli's, bits reversed
const MASK_DELTA = 0xa282ead8;

let table: Uint32Array | undefined;

/** CRC-32C of `bytes` (RFC 3720, appendix B.4), unsigned. */
export function crc32c(bytes: Uint8Array): number {
  table ??= makeTable();
  let crc = ~0;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/**
 * The checksum as TFRecord stores it, rotated and shifted: the CRC of bytes that hold their own CRC
 * says little (TensorFlow, core/lib/hash/crc32c.h).
 */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ POLYNOMIAL : byte >>> 1;
    return byte;
  });
}
