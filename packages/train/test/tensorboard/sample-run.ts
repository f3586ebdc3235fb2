import { statSync, truncateSync } from "node:fs";
import { createEventWriter } from "../../src/tensorboard/index.ts";

/** A PNG of 3 × 2 RGB pixels, made with Pillow. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAGklEQVR4nAXBgQEAIAjAIOxyvXyBEHrD3pYPOYQGgMCnEHEAAAAASUVORK5CYII=",
  "base64",
);

export const WEIGHTS = Float64Array.from({ length: 101 }, (_, i) => ((i * 37) % 101) ** 2 / 8 - 300);

/** One second a call, from 2023-11-14T22:13:20Z. */
function clock(): () => number {
  let calls = 0;
  return () => 1_700_000_000_000 + 1000 * calls++;
}

/**
 * A run that was killed after step 6 while it wrote a record, and resumed from the checkpoint at
 * step 4, in the same second (or with the clock set back): the second file must still be read last.
 */
export function writeSampleRun(folder: string): void {
  const first = createEventWriter(folder, { now: clock(), host: "host" });
  for (const step of [1, 2, 3, 4, 5, 6]) first.scalars({ "train/loss": 1 / step, "train/accuracy": step / 10 }, step);
  first.histogram("model/kernel", WEIGHTS, 3);
  first.histogram("model/bias", Float32Array.of(0.5, 0.5), 3);
  first.image("validation/samples", PNG, 3);
  first.text("notes", "**bold** × ½", 3);
  first.scalar("lost", 1, 6);
  first.scalar("train/loss", 99, 7);
  first.close();
  truncateSync(first.path, statSync(first.path).size - 9);

  const second = createEventWriter(folder, { now: clock(), host: "host", resumeAfter: 4 });
  for (const step of [5, 6, 7, 300]) second.scalars({ "train/loss": -step, "train/accuracy": -step }, step);
  second.histogram("model/kernel", WEIGHTS.subarray(0, 50), 7);
  second.close();
}

// `node sample-run.ts golden/run` writes the golden files that golden/read_events.py then reads
if (import.meta.main) writeSampleRun(process.argv[2]!);
