import { readFile } from "node:fs/promises";
import { sizeOf, UserError } from "@course/core";

const MAGIC = "\x93NUMPY";

/** How each element type is read; NumPy's names for them. */
const READERS: Readonly<Record<string, { bytes: number; read: (view: DataView, at: number) => number }>> = {
  "<f4": { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  "<f8": { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  "<i4": { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  "<i8": { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  "|u1": { bytes: 1, read: (view, at) => view.getUint8(at) },
  "|b1": { bytes: 1, read: (view, at) => view.getUint8(at) },
};

export interface NumberArray {
  readonly shape: readonly number[];
  /** The element of this place, row by row: it is read when it is asked for, as a file can hold more than memory has numbers. */
  readonly at: (place: number) => number;
}

/**
 * An array as `numpy.save` writes it, versions 1 to 3 (NumPy, `numpy.lib.format`).
 *
 * @throws UserError for a file that is missing, cut short, no .npy, or of another order or type
 */
export async function readNpy(path: string): Promise<NumberArray> {
  const bytes = await readFile(path).catch((cause) => {
    throw new UserError(`${path}: expected an array that numpy.save wrote, cannot read it (${cause.code})`, { cause });
  });
  if (bytes.length < 12 || bytes.toString("latin1", 0, 6) !== MAGIC)
    throw new UserError(`${path}: expected a .npy file, received something else (a .npz, or a tensor of PyTorch?)`);
  const isLong = bytes[6]! >= 2;
  const start = (isLong ? 12 : 10) + (isLong ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const { type, shape } = parseHeader(path, bytes.toString("latin1", isLong ? 12 : 10, start));
  const reader = READERS[type];
  if (!reader)
    throw new UserError(
      `${path}: expected elements of ${Object.keys(READERS).join(", ")}, received ${type} (use astype)`,
    );
  const size = sizeOf(shape);
  if (bytes.length - start !== size * reader.bytes)
    throw new UserError(
      `${path}: expected ${size * reader.bytes} bytes for [${shape.join(", ")}], received ${bytes.length - start} (cut short?)`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, size * reader.bytes);
  return { shape, at: (place) => reader.read(view, place * reader.bytes) };
}

/** The header is a Python dictionary of three entries. */
function parseHeader(path: string, header: string): { type: string; shape: number[] } {
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (type === undefined || shape === undefined)
    throw new UserError(`${path}: expected a .npy header with descr and shape, received ${header.trim().slice(0, 80)}`);
  if (/'fortran_order':\s*True/.test(header))
    throw new UserError(`${path}: expected rows first, received columns first (save numpy.ascontiguousarray(x))`);
  return { type, shape: shape.split(",").flatMap((part) => (part.trim() === "" ? [] : [Number(part)])) };
}
