import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import { type Checkpoint, packCheckpoint, readCheckpoint, writeCheckpoint } from "../src/index.ts";

let folder: string;
beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), "checkpoint-"));
  folder = join(parent, "last");
  return () => rmSync(parent, { recursive: true });
});

const checkpoint = (step: number): Checkpoint => ({
  position: { step },
  parts: {
    model: {
      arrays: { weights: Float32Array.of(1.5, Number.NaN, -0), counts: Uint32Array.of(step) },
      json: { name: "m" },
    },
    optimizer: { arrays: { velocity: Float64Array.of(Math.PI) } },
  },
});

test("comes back as it was written, every type and bit", () => {
  writeCheckpoint(folder, packCheckpoint(checkpoint(3)));
  expect(readCheckpoint(folder)).toEqual(checkpoint(3));
});

test("any bytes survive, at any offset", () =>
  fc.assert(
    fc.property(fc.uint8Array(), fc.float64Array(), (bytes, doubles) => {
      const parts = { a: { arrays: { bytes, doubles } } };
      writeCheckpoint(folder, packCheckpoint({ position: {}, parts }));
      expect(readCheckpoint(folder).parts.a!.arrays).toEqual({ bytes, doubles });
    }),
    { numRuns: 20 },
  ));

test.each(["arrays.bin", "state.json"])("a damaged %s: the one before it is used, and said", (file) => {
  writeCheckpoint(folder, packCheckpoint(checkpoint(1)));
  writeCheckpoint(folder, packCheckpoint(checkpoint(2)));
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path).subarray(0, 7));
  const warn = vi.fn<(line: string) => void>();
  expect(readCheckpoint(folder, warn).position).toEqual({ step: 1 });
  expect(warn.mock.calls[0]![0]).toContain("going on from the checkpoint before it");
});

test("killed between the two renames: the previous one is used", () => {
  writeCheckpoint(folder, packCheckpoint(checkpoint(1)));
  writeCheckpoint(folder, packCheckpoint(checkpoint(2)));
  rmSync(folder, { recursive: true });
  expect(readCheckpoint(folder).position).toEqual({ step: 1 });
});

test("none at all is a user's error that says what to do", () =>
  expect(() => readCheckpoint(folder)).toThrow(/no checkpoint can be read .* without --resume/));

test("refuses what it could not read back", () => {
  const parts = { a: { arrays: { wide: BigInt64Array.of(1n) as never } } };
  expect(() => writeCheckpoint(folder, packCheckpoint({ position: {}, parts }))).toThrow(
    "checkpoint a.wide: cannot save a BigInt64Array",
  );
});
