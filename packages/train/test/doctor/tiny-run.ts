import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDisplay, type Display } from "../../src/display.ts";
import { Run } from "../../src/index.ts";

/** A run in a folder of its own whose warnings are kept; `remove` takes the folder away. */
export function createTinyRun(seed: number, { resumeFrom }: { resumeFrom?: string } = {}) {
  const folder = resumeFrom ?? mkdtempSync(join(tmpdir(), "doctor-"));
  const warnings: string[] = [];
  const display: Display = { ...createDisplay("quiet"), warn: (line) => void warnings.push(line) };
  const run = new Run({
    folder,
    seed,
    dataFolder: undefined,
    backend: "auto",
    monitor: { metric: "validation/loss", mode: "min" },
    display,
    interrupts: { requested: false, stop: () => {} },
    resume: resumeFrom !== undefined,
  });
  return { run, warnings, folder, remove: () => rmSync(folder, { recursive: true }) };
}
