import { renameSync } from "node:fs";
import { sizeOf, UserError } from "@course/core";
import { writeFileSynced } from "../files.ts";
import { DTYPE_ORDER, DTYPES, type Dtype, type NamedTensor } from "./safetensors-types.ts";

const ALIGNMENT = 8; // bytes; the data begin at a multiple of it

/**
 * Writes arrays as one `.safetensors` file, which Python, Rust and the browser read without running
 * code. The file is replaced as a whole; the same tensors give the same bytes, those of the format's
 * own library.
 *
 * @param metadata text by name, kept in the header.
 * @throws RangeError if a shape does not fit its data; UserError for the reserved names `__metadata__` and
 * `__proto__`.
 * Source: github.com/huggingface/safetensors, "Format".
 */
export function writeSafetensors(
  path: string,
  tensors: Readonly<Record<string, NamedTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): void {
  writeFileSynced(`${path}.tmp`, encodeSafetensors(tensors, metadata));
  renameSync(`${path}.tmp`, path);
}

/** The bytes of the file: header length (8 bytes, little-endian), header (JSON), data. */
export function encodeSafetensors(
  tensors: Readonly<Record<string, NamedTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: [name: string, entry: unknown][] = [];
  if (Object.keys(metadata).length > 0) header.push(["__metadata__", metadata]);
  let offset = 0;
  const sorted = sortTensors(tensors);
  for (const { name, dtype, shape, data } of sorted) {
    header.push([name, { dtype, shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  // not an object: it would put a name such as "0" first
  const members = header.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  const json = Buffer.from(`{${members.join(",")}}`);
  const padding = Buffer.alloc((ALIGNMENT - (json.length % ALIGNMENT)) % ALIGNMENT, " ");
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length + padding.length));
  const chunks = sorted.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return Buffer.concat([length, json, padding, ...chunks]);
}

function sortTensors(tensors: Readonly<Record<string, NamedTensor>>) {
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    if (name === "__metadata__" || name === "__proto__")
      throw new UserError(
        `safetensors: "${name}" is reserved (by the format, by JavaScript): give the array another name`,
      );
    if (sizeOf(shape) !== data.length)
      throw new RangeError(
        `safetensors "${name}": expected ${sizeOf(shape)} values for shape [${shape.join(", ")}], received ${data.length}`,
      );
    return { name, dtype: dtypeOf(name, data), shape, data };
  });
  const byName = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  return entries.sort((a, b) => DTYPE_ORDER.indexOf(a.dtype) - DTYPE_ORDER.indexOf(b.dtype) || byName(a.name, b.name));
}

function dtypeOf(name: string, data: NamedTensor["data"]): Dtype {
  const dtype = DTYPE_ORDER.find((candidate) => data instanceof DTYPES[candidate]);
  if (dtype) return dtype;
  throw new TypeError(`safetensors "${name}": cannot store a ${(data as object).constructor.name}`);
}
