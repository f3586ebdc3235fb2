import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeProofTsconfig } from "../src/prove/proof-tsconfig.ts";

const PACKAGE = join(import.meta.dirname, "..");
const FIXTURE = join(import.meta.dirname, "fixtures", "tiny-line");

/** Replaces a file's text, or writes a new file. */
export type Changes = Record<string, string | ((text: string) => string)>;

export interface TinyProject extends Disposable {
  /** A workspace around the project, so that it has runs of its own. */
  readonly root: string;
  readonly folder: string;
}

/** A copy of the fixture, with changes, that finds its packages like an installed project. */
export function tinyProject(changes: Changes = {}, parent = tmpdir()): TinyProject {
  const root = mkdtempSync(join(parent, "tiny-"));
  const folder = join(root, "projects", "tiny-line");
  cpSync(FIXTURE, folder, { recursive: true });
  writeProofTsconfig(FIXTURE, folder);
  writeFileSync(join(root, "pnpm-workspace.yaml"), 'packages: ["projects/*"]\n');
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@course"), { recursive: true });
  symlinkSync(PACKAGE, join(modules, "@course", "grader"));
  symlinkSync(join(PACKAGE, "node_modules", "@course", "core"), join(modules, "@course", "core"));
  for (const name of ["vitest", "typescript", "@types"])
    symlinkSync(join(PACKAGE, "node_modules", name), join(modules, name));
  for (const [path, change] of Object.entries(changes)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof change === "string" ? change : change(readFileSync(file, "utf8")));
  }
  return { root, folder, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

/** A change that must change something: a replacement that no longer matches would test nothing. */
export function replaced(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) throw new Error(`fixture: nothing to replace: ${from}`);
    return text.replaceAll(from, to);
  };
}
