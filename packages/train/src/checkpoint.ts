import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import { writeFileSynced } from "./files.ts";
import type { NumericArray, SavedState } from "./saveable.ts";

/** The state of every tracked part by name, and the loop's position. */
export interface Checkpoint {
  readonly position: Readonly<Record<string, unknown>>;
  readonly parts: Readonly<Record<string, SavedState>>;
}

interface ArrayEntry {
  readonly part: string;
  readonly name: string;
  readonly type: keyof typeof ARRAY_TYPES;
  readonly length: number;
  readonly offset: number; // bytes from the start of arrays.bin
}

interface Manifest {
  readonly version: number;
  readonly sha256: string; // of arrays.bin
  readonly position: Checkpoint["position"];
  readonly parts: Readonly<Record<string, { json?: unknown }>>;
  readonly arrays: readonly ArrayEntry[];
}

const VERSION = 2; // 1 had none, and no position in the log
const ARRAY_TYPES = { Float32Array, Float64Array, Int32Array, Uint32Array, Uint8Array } as const;

/** A checkpoint as its files will hold it. */
export interface PackedCheckpoint {
  readonly bytes: Uint8Array;
  readonly state: string;
}

/** Packs and hashes once what is then written under several names. */
export function packCheckpoint({ position, parts }: Checkpoint): PackedCheckpoint {
  const { bytes, arrays } = packArrays(parts);
  const named = Object.fromEntries(Object.entries(parts).map(([name, { json }]) => [name, { json }]));
  const manifest: Manifest = { version: VERSION, sha256: hash(bytes), position, parts: named, arrays };
  return { bytes, state: `${JSON.stringify(manifest)}\n` };
}

/**
 * Writes `folder` (state.json and arrays.bin) as a whole: into a temporary folder, synced, renamed.
 * The checkpoint that stood there becomes `<folder>.previous`, so a crash at any moment leaves at
 * least one whole checkpoint.
 */
export function writeCheckpoint(folder: string, { bytes, state }: PackedCheckpoint): void {
  const temporary = `${folder}.tmp`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  try {
    writeFileSynced(join(temporary, "arrays.bin"), bytes);
    writeFileSynced(join(temporary, "state.json"), state);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true }); // on a full disk the summary needs the space
    throw error;
  }
  const previous = `${folder}.previous`;
  if (existsSync(folder)) {
    rmSync(previous, { recursive: true, force: true });
    renameSync(folder, previous);
  }
  renameSync(temporary, folder);
}

/**
 * The checkpoint in `folder`, or the one before it if that is missing or damaged.
 *
 * @param warn receives one line if the newer one could not be used.
 * @throws UserError if neither can be read, or if another version wrote it.
 */
export function readCheckpoint(folder: string, warn: (line: string) => void = () => {}): Checkpoint {
  const reasons: string[] = [];
  for (const candidate of [folder, `${folder}.previous`]) {
    try {
      const checkpoint = readWhole(candidate);
      if (reasons.length > 0) warn(`${reasons.join("; ")}: going on from the checkpoint before it`);
      return checkpoint;
    } catch (error) {
      if (error instanceof UserError) throw error;
      reasons.push(`${candidate}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new UserError(`no checkpoint can be read (${reasons.join("; ")}): start the run again without --resume`);
}

function readWhole(folder: string): Checkpoint {
  if (!existsSync(folder)) throw new Error("does not exist");
  const manifest = JSON.parse(readFileSync(join(folder, "state.json"), "utf8")) as Manifest;
  assertVersion(manifest.version ?? 1, folder);
  const bytes = readFileSync(join(folder, "arrays.bin"));
  const found = hash(bytes);
  if (found !== manifest.sha256)
    throw new Error(`arrays.bin: expected SHA-256 ${manifest.sha256.slice(0, 12)}…, received ${found.slice(0, 12)}…`);
  const parts: Record<string, { arrays: Record<string, NumericArray>; json?: unknown }> = {};
  for (const [name, { json }] of Object.entries(manifest.parts)) parts[name] = { arrays: {}, json };
  for (const { part, name, type, length, offset } of manifest.arrays) {
    const array = new ARRAY_TYPES[type](length);
    new Uint8Array(array.buffer).set(bytes.subarray(offset, offset + array.byteLength));
    parts[part]!.arrays[name] = array;
  }
  return { position: manifest.position, parts };
}

function assertVersion(version: number, folder: string): void {
  if (version === VERSION) return;
  const whose = version < VERSION ? "an older" : "a newer";
  throw new UserError(
    `${folder}: expected a checkpoint of version ${VERSION}, found version ${version}: ${whose} @course/train wrote it` +
      ` (train again, or check out the commit that environment.json of the run names)`,
  );
}

function packArrays(parts: Checkpoint["parts"]): { bytes: Uint8Array; arrays: ArrayEntry[] } {
  const arrays: ArrayEntry[] = [];
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (const [part, { arrays: named }] of Object.entries(parts)) {
    for (const [name, array] of Object.entries(named)) {
      const type = array.constructor.name as ArrayEntry["type"];
      if (!(type in ARRAY_TYPES)) throw new TypeError(`checkpoint ${part}.${name}: cannot save a ${type}`);
      arrays.push({ part, name, type, length: array.length, offset });
      chunks.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
      offset += array.byteLength;
    }
  }
  return { bytes: Buffer.concat(chunks), arrays };
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
