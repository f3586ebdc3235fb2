import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { UserError } from "@course/core";
import { listFiles } from "../starter/list-files.ts";
import { writeStarter } from "../starter/write-starter.ts";
import { writeProofTsconfig } from "./proof-tsconfig.ts";

/** Copies of a project to run its proofs in, removed when disposed of. */
export interface ProofFolder extends Disposable {
  /** Everything of the project but its runs, so that only committed results count. */
  readonly reference: string;
  /** What a student gets. */
  readonly starter: string;
  /** Aborted when the process is told to stop, so that what runs in the copies ends before they go. */
  readonly signal: AbortSignal;
}

/**
 * Copies the project, and its starter, into the system's folder for temporary files: Node strips no
 * types below `node_modules`, and a copy inside the project would join a test run that goes on
 * there. Each copy links to the project's packages one by one, so that vitest's cache stays its own.
 *
 * @throws UserError as `writeStarter` does; nothing is left behind then.
 */
export async function makeProofFolder(projectFolder: string): Promise<ProofFolder> {
  const folder = mkdtempSync(join(tmpdir(), "course-proof-"));
  const controller = new AbortController();
  const stop = () => controller.abort(new UserError("the proof was stopped before its end"));
  const dispose = () => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    writeFileSync(join(folder, "pnpm-workspace.yaml"), 'packages: ["*"]\n'); // ends the search for a workspace's runs
    const [reference, starter] = [join(folder, "reference"), join(folder, "starter")];
    copyReference(projectFolder, reference);
    await writeStarter(projectFolder, starter);
    for (const copy of [reference, starter]) {
      linkPackages(projectFolder, copy);
      writeProofTsconfig(projectFolder, copy);
    }
    return { reference, starter, signal: controller.signal, [Symbol.dispose]: dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function copyReference(projectFolder: string, copy: string): void {
  for (const path of listFiles(projectFolder, ["runs"])) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    copyFileSync(join(projectFolder, path), join(copy, path));
  }
}

function linkPackages(projectFolder: string, copy: string): void {
  const installed = resolve(projectFolder, "node_modules");
  mkdirSync(join(copy, "node_modules"));
  if (!existsSync(installed)) return;
  for (const name of readdirSync(installed)) {
    if (name.startsWith(".") && name !== ".bin") continue;
    symlinkSync(join(installed, name), join(copy, "node_modules", name), "junction");
  }
}
