import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@course/core";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { type NamedTensor, readSafetensors, writeSafetensors } from "../../src/export/index.ts";
import { decodeSafetensors } from "../../src/export/read-safetensors.ts";
import { encodeSafetensors } from "../../src/export/write-safetensors.ts";
import { SAMPLE } from "./write-sample.ts";

const golden = (name: string) => new URL(`golden/${name}`, import.meta.url).pathname;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "safetensors-"));
  return () => rmSync(folder, { recursive: true });
});

describe("format", () => {
  test("hand-worked: header length, JSON padded with spaces to eight bytes, data", () => {
    const bytes = Buffer.from(encodeSafetensors({ a: { shape: [2], data: Uint8Array.of(5, 6) } }));
    const header = '{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}'; // 53 letters, so 56 bytes
    expect(bytes.readBigUInt64LE(0)).toBe(56n);
    expect(bytes.toString("utf8", 8, 64)).toBe(`${header}   `);
    expect([...bytes.subarray(64)]).toEqual([5, 6]);
  });
  test("wide types come first, so that every tensor is aligned", () => {
    const bytes = Buffer.from(
      encodeSafetensors({
        a: { shape: [1], data: Uint8Array.of(1) },
        b: { shape: [1], data: Float32Array.of(2) },
        c: { shape: [1], data: Float64Array.of(3) },
      }),
    );
    const start = 8 + Number(bytes.readBigUInt64LE(0));
    expect([bytes.readDoubleLE(start), bytes.readFloatLE(start + 8), bytes[start + 12]]).toEqual([3, 2, 1]);
  });
});

describe("round trip", () => {
  test("names, shapes, types, values and metadata", () => {
    const path = join(folder, "model.safetensors");
    writeSafetensors(path, SAMPLE, { format: "np", "½": "x" });
    expect(readSafetensors(path)).toEqual({ tensors: SAMPLE, metadata: { format: "np", "½": "x" } });
    expect(readdirSync(folder)).toEqual(["model.safetensors"]);
  });
  test("nothing", () => expect(decodeSafetensors(encodeSafetensors({}))).toEqual({ tensors: {}, metadata: {} }));
  test("any names and any bits, from views into larger buffers too", () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.float32Array()), (arrays) => {
        const tensors: [string, NamedTensor][] = Object.entries(arrays)
          .filter(([name]) => name !== "__metadata__" && name !== "__proto__")
          .map(([name, data]) => [name, { shape: [Math.max(0, data.length - 1)], data: data.subarray(1) }]);
        expect(decodeSafetensors(encodeSafetensors(Object.fromEntries(tensors))).tensors).toEqual(
          Object.fromEntries(tensors),
        );
      }),
    ));
});

describe("the format's own library", () => {
  const outcome = JSON.parse(readFileSync(golden("safetensors.json"), "utf8")) as {
    sameAsLibrary: boolean;
    ours: Record<string, { dtype: string; shape: number[]; data: number[] }>;
  };
  test("writes the same bytes", () => {
    const path = join(folder, "ours.safetensors");
    writeSafetensors(path, SAMPLE, { format: "np" });
    expect(readFileSync(path)).toEqual(readFileSync(golden("library.safetensors")));
    expect(outcome.sameAsLibrary).toBe(true);
  });
  test("reads ours", () => {
    const types = {
      float64: Float64Array,
      float32: Float32Array,
      uint32: Uint32Array,
      int32: Int32Array,
      uint8: Uint8Array,
    };
    const found = Object.entries(outcome.ours).map(([name, { dtype, shape, data }]) => [
      name,
      { shape, data: new types[dtype as keyof typeof types](data) },
    ]);
    expect(Object.fromEntries(found)).toEqual(SAMPLE);
  });
  test("writes what we read", () =>
    expect(readSafetensors(golden("library.safetensors"))).toEqual({ tensors: SAMPLE, metadata: { format: "np" } }));
  test("writes float16, which we refuse and say so", () =>
    expect(() => readSafetensors(golden("half.safetensors"))).toThrow(
      'half.safetensors: safetensors "half": expected one of F64, F32, U32, I32, U8, received F16 (save it as float32',
    ));
});

describe("bad input", () => {
  const file = (header: unknown, dataBytes: number) => {
    const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
  };
  const tensor = (shape: unknown, begin: number, end: number) => ({ dtype: "F32", shape, data_offsets: [begin, end] });
  test.each([
    ["an empty file", Buffer.alloc(0), "expected a safetensors file, received 0 bytes"],
    ["another format", Buffer.from("PK\u0003\u0004 a zip"), "(cut off, or not a safetensors file?)"],
    ["no JSON", file("{a:1}", 0), 'expected a JSON header, received "{a:1}"'],
    ["a list", file([1], 0), "safetensors header"],
    ["no shape", file({ a: { dtype: "F32", data_offsets: [0, 4] } }, 4), "safetensors header a shape"],
    ["a negative size", file({ a: tensor([-1], 0, 4) }, 4), "safetensors header a shape 0"],
    ["metadata that are not text", file({ __metadata__: { a: 1 } }, 0), "safetensors header a:"],
    ["cut off data", file({ a: tensor([2], 0, 8) }, 7), "expected 8 bytes of data, received 7 (cut off?)"],
    ["data after the last tensor", file({ a: tensor([2], 0, 8) }, 9), "expected 8 bytes of data, received 9"],
    [
      "a hole",
      file({ a: tensor([1], 0, 4), b: tensor([1], 8, 12) }, 12),
      '"b": expected data from byte 4, received 8,12',
    ],
    ["an overlap", file({ a: tensor([2], 0, 8), b: tensor([2], 4, 12) }, 12), '"b": expected data from byte 8'],
    ["offsets in the wrong order", file({ a: tensor([1], 0, -4) }, 0), "safetensors header a data_offsets 1"],
    ["a shape that does not fit", file({ a: tensor([3], 0, 8) }, 8), '"a": expected 12 bytes for F32 [3], received 8'],
    ["a type named as a property", file({ a: { ...tensor([1], 0, 4), dtype: "toString" } }, 4), "received toString"],
  ])("%s", (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(UserError);
    expect(() => decodeSafetensors(bytes)).toThrow(message);
  });
  test("no file: its path and why", () =>
    expect(() => readSafetensors(join(folder, "none"))).toThrow(/none: cannot be read \(ENOENT/));
  test("a shape that does not fit its data is not written", () =>
    expect(() => encodeSafetensors({ a: { shape: [2, 3], data: new Float32Array(5) } })).toThrow(
      'safetensors "a": expected 6 values for shape [2, 3], received 5',
    ));
  test("the reserved name", () => {
    for (const name of ["__metadata__", "__proto__"])
      expect(() => encodeSafetensors({ [name]: { shape: [], data: Float32Array.of(1) } })).toThrow(UserError);
  });
  test("an array without a dtype", () =>
    expect(() => encodeSafetensors({ a: { shape: [1], data: BigInt64Array.of(1n) as never } })).toThrow(
      'safetensors "a": cannot store a BigInt64Array',
    ));
});
