import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The nearest folder above (or at) `folder` that holds a `pnpm-workspace.yaml`; undefined outside one. */
export function findWorkspaceRoot(folder: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    if (existsSync(join(here, "pnpm-workspace.yaml"))) return here;
    if (here === dirname(here)) return undefined;
  }
}
