import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { vi } from "vitest";
import { temporaryFolder } from "./temporary.ts";

/**
 * Puts a shell script of this name first on the PATH for the current test (`unstubEnvs` takes it
 * off again). It stands for a package manager: the real ones need a network.
 *
 * @returns reads the calls so far, one line of arguments each.
 */
export function fakeClient(name: string, script: string): () => string[] {
  const folder = temporaryFolder();
  const log = join(folder, "calls.log");
  writeFileSync(log, "");
  writeFileSync(join(folder, name), `#!/bin/sh\necho "$*" >> '${log}'\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env.PATH}`);
  return () => readFileSync(log, "utf8").trimEnd().split("\n");
}
