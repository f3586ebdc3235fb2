import { join } from "node:path";
import { type Checkpoint, packCheckpoint, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { assertFiniteParts } from "./finite.ts";
import { TrainingError } from "./interrupt.ts";
import type { Saveable } from "./saveable.ts";

const MILLISECONDS_BETWEEN_CHECKPOINTS = 60_000;

/** A run's tracked parts, and its checkpoints `last` and `best`. */
export class RunCheckpoints {
  parts: Readonly<Record<string, Saveable>> = {};
  readonly #folder: string;
  readonly #warn: (line: string) => void;
  #writtenAt = performance.now();

  constructor(runFolder: string, warn: (line: string) => void) {
    this.#folder = join(runFolder, "checkpoints");
    this.#warn = warn;
  }

  /** Whether a minute has gone by since the last one. */
  get isDue(): boolean {
    return performance.now() - this.#writtenAt > MILLISECONDS_BETWEEN_CHECKPOINTS;
  }

  /**
   * Writes the parts as they are, under each of the names.
   *
   * @param where "step 3", for the error.
   * @throws TrainingError if a part holds a number that is not finite; what was saved before stays.
   */
  write(names: readonly ("best" | "last")[], position: Checkpoint["position"], where: string): void {
    const parts = Object.fromEntries(Object.entries(this.parts).map(([part, saveable]) => [part, saveable.state()]));
    assertFiniteParts(parts, where);
    const packed = packCheckpoint({ position, parts });
    for (const name of names) writeCheckpoint(join(this.#folder, name), packed);
    this.#writtenAt = performance.now();
  }

  /** The newest whole one. @throws UserError if none can be read. */
  read(name: "best" | "last"): Checkpoint {
    return readCheckpoint(join(this.#folder, name), this.#warn);
  }

  /** Puts back every tracked part. @throws TrainingError if the checkpoint lacks one. */
  restore({ parts }: Checkpoint): void {
    for (const [name, saveable] of Object.entries(this.parts)) {
      const saved = parts[name];
      if (!saved)
        throw new TrainingError(`checkpoint: expected a part "${name}", found ${Object.keys(parts).join(", ")}`);
      saveable.restore(saved);
    }
  }
}
