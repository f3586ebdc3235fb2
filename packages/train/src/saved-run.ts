import { join } from "node:path";
import { findRunFolder } from "./run-folder.ts";
import { resolveUserPath, workspaceRoot } from "./workspace.ts";

/** As typed on a command line. */
export interface SavedRunFlags {
  /** Name of the run; the latest by default. */
  readonly run?: string;
  /** Where the runs lie: as a training's `--out`. */
  readonly out?: string;
}

/** The folder of a saved run. @throws UserError if there is none */
export function savedRunFolder(project: string, { run = "latest", out }: SavedRunFlags): string {
  return findRunFolder(out === undefined ? join(workspaceRoot(), "runs") : resolveUserPath(out), project, run);
}

/** The folder of a saved network: `--model`, or that of a run. @throws UserError if there is no such run */
export function savedModelFolder(
  project: string,
  { model, ...run }: SavedRunFlags & { readonly model?: string },
): string {
  return model === undefined ? join(savedRunFolder(project, run), "model") : resolveUserPath(model);
}
