import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "../../src/tensorboard/crc32c.ts";
import { readPngInfo } from "../../src/tensorboard/png-info.ts";
import {
  bytesField,
  doubleField,
  floatField,
  packedDoublesField,
  varintField,
} from "../../src/tensorboard/protobuf.ts";
import { frameRecord } from "../../src/tensorboard/record.ts";
import { doubles, readMessage } from "./reader.ts";
import { PNG } from "./sample-run.ts";

describe("crc32c", () => {
  // RFC 3720, appendix B.4, and the check value of the catalogue of CRC algorithms
  test.each([
    ["32 zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ["0 to 31", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ["123456789", Buffer.from("123456789"), 0xe3069283],
    ["nothing", new Uint8Array(0), 0],
  ])("%s", (_, bytes, expected) => expect(crc32c(bytes)).toBe(expected));
  test("masked: rotated right by 15 bits, plus a constant", () => {
    // 0xe3069283 >>> 15 = 0x1c60d, << 17 = 0x25060000; together 0x2507c60d; + 0xa282ead8 = 0xc78ab0e5
    expect(maskedCrc32c(Buffer.from("123456789"))).toBe(0xc78ab0e5);
  });
});

test("a record is length, checksum, data, checksum", () => {
  const record = Buffer.from(frameRecord(Buffer.from("123456789")));
  expect(record.length).toBe(8 + 4 + 9 + 4);
  expect(record.readBigUInt64LE(0)).toBe(9n);
  expect(record.toString("latin1", 12, 21)).toBe("123456789");
  expect(record.readUInt32LE(21)).toBe(0xc78ab0e5);
});

describe("protobuf", () => {
  test("the guide's examples: 150 is 96 01, text has its length", () => {
    expect([...varintField(1, 150)]).toEqual([0x08, 0x96, 0x01]);
    expect([...bytesField(2, "testing")]).toEqual([0x12, 0x07, ...Buffer.from("testing")]);
  });
  test("numbers up to 2^53 − 1 come back", () =>
    fc.assert(
      fc.property(fc.maxSafeNat(), (n) => {
        expect(readMessage(Buffer.from(varintField(2, n)))[2]).toEqual([n]);
      }),
    ));
  test("doubles and floats come back", () =>
    fc.assert(
      fc.property(fc.double(), fc.array(fc.double()), (x, many) => {
        const bytes = Buffer.concat([doubleField(1, x), floatField(2, x), packedDoublesField(3, many)]);
        const message = readMessage(bytes);
        expect(message[1]).toEqual([x]);
        expect(message[2]).toEqual([Math.fround(x)]);
        expect(doubles(message[3]![0])).toEqual(many);
      }),
    ));
  test("bytes longer than one varint byte, in UTF-8", () => {
    const text = "½".repeat(100);
    expect(readMessage(Buffer.from(bytesField(15, text)))[15]![0]!.toString()).toBe(text);
  });
});

describe("readPngInfo", () => {
  // headers as Pillow writes them for a 3 × 2 image of each mode
  test.each([
    ["grey", "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAA=", 1],
    ["grey and alpha", "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAQ=", 2],
    ["palette", "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAM=", 3],
    ["RGB", PNG.toString("base64"), 3],
    ["RGBA", "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAY=", 4],
  ])("%s", (_, base64, channels) =>
    expect(readPngInfo(Buffer.from(base64, "base64"))).toEqual({ width: 3, height: 2, channels }),
  );
  test("a view into a larger buffer", () => {
    const shifted = Buffer.concat([Buffer.alloc(5), PNG]).subarray(5);
    expect(readPngInfo(new Uint8Array(shifted.buffer, shifted.byteOffset, shifted.length)).width).toBe(3);
  });
  test("says what is likely wrong", () =>
    expect(() => readPngInfo(Uint8Array.of(60, 115, 118, 103))).toThrow(
      "image: expected the bytes of a PNG, received 4 bytes that begin with [60, 115, 118, 103] (pixels, or an SVG?",
    ));
});
