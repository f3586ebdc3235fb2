import { readFileSync } from "node:fs";
import { sizeOf, UserError } from "@course/core";
import { z } from "zod";
import { DTYPE_ORDER, DTYPES, type Dtype, type NamedTensor } from "./safetensors-types.ts";

export interface Safetensors {
  readonly tensors: Readonly<Record<string, NamedTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const natural = z.int().nonnegative();
const headerSchema = z.record(
  z.string(),
  z.object({ dtype: z.string(), shape: z.array(natural), data_offsets: z.tuple([natural, natural]) }),
);
const metadataSchema = z.record(z.string(), z.string());

type Entry = z.output<typeof headerSchema>[string] & { readonly name: string };

/**
 * Reads a `.safetensors` file into arrays of its own.
 *
 * @throws UserError if the file is missing, is not of the format, was cut off, or holds a type that
 * has no typed array here (F16, BF16, I64, BOOL …).
 */
export function readSafetensors(path: string): Safetensors {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UserError(`${path}: cannot be read (${(error as Error).message})`);
  }
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    throw error instanceof UserError ? new UserError(`${path}: ${error.message}`) : error;
  }
}

/** @throws UserError as `readSafetensors` does. */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const { header, data } = splitFile(bytes);
  const { __metadata__: metadata = {}, ...rest } = header;
  const entries = Object.entries(parse(headerSchema, rest)).map(([name, entry]): Entry => ({ name, ...entry }));
  assertContiguous(entries, data.length);
  return {
    tensors: Object.fromEntries(entries.map((entry) => [entry.name, readTensor(entry, data)])),
    metadata: parse(metadataSchema, metadata),
  };
}

function splitFile(bytes: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  if (bytes.length < 8)
    throw new UserError(`expected a safetensors file, received ${bytes.length} bytes (cut off, or another format?)`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8)
    throw new UserError(
      `expected a header of ${length} bytes, received ${bytes.length - 8} bytes (cut off, or not a safetensors file?)`,
    );
  const text = Buffer.from(bytes.subarray(8, 8 + length)).toString("utf8");
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw new UserError(
      `expected a JSON header, received "${text.slice(0, 20)}" (damaged, or not a safetensors file?)`,
    );
  }
  return { header: parse(z.record(z.string(), z.unknown()), header), data: bytes.subarray(8 + length) };
}

function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  throw new UserError(`safetensors header${path.map((key) => ` ${String(key)}`).join("")}: ${message} (damaged?)`);
}

/** The format allows no overlap and no hole, so that a file holds nothing but its tensors. */
function assertContiguous(entries: readonly Entry[], size: number): void {
  const sorted = entries.toSorted(({ data_offsets: a }, { data_offsets: b }) => a[0] - b[0] || a[1] - b[1]);
  let end = 0;
  for (const { name, data_offsets } of sorted) {
    if (data_offsets[0] !== end || data_offsets[1] < end)
      throw new UserError(`safetensors "${name}": expected data from byte ${end}, received ${data_offsets} (damaged?)`);
    end = data_offsets[1];
  }
  if (end !== size) throw new UserError(`expected ${end} bytes of data, received ${size} (cut off?)`);
}

function readTensor({ name, dtype, shape, data_offsets: [begin, end] }: Entry, data: Uint8Array): NamedTensor {
  const type = DTYPES[dtype as Dtype];
  if (!Object.hasOwn(DTYPES, dtype))
    throw new UserError(
      `safetensors "${name}": expected one of ${DTYPE_ORDER.join(", ")}, received ${dtype} (save it as float32 where it was made)`,
    );
  const expected = sizeOf(shape) * type.BYTES_PER_ELEMENT;
  if (end - begin !== expected)
    throw new UserError(
      `safetensors "${name}": expected ${expected} bytes for ${dtype} [${shape.join(", ")}], received ${end - begin} (damaged?)`,
    );
  return { shape, data: new type(new Uint8Array(data.subarray(begin, end)).buffer) }; // a copy: aligned, and not the whole file
}
