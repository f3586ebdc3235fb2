import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Contender } from "../src/contender.ts";
import { importableModules, presentContenders } from "../src/python-modules.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
/** Stands in for a Python that has NumPy and no PyTorch, so that the test needs none. */
const python = join(folder, "python");
beforeAll(() => {
  const answer = 'const asked = process.argv.slice(4); console.log(asked.filter((m) => m === "numpy").join(" "));';
  writeFileSync(join(folder, "python.cjs"), answer);
  writeFileSync(python, `#!/bin/sh\nexec "${process.execPath}" "${join(folder, "python.cjs")}" "$@"\n`, {
    mode: 0o755,
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const contender = (name: string, needs?: string): Contender => ({
  name,
  command: needs ? python : "node",
  args: [],
  ...(needs && { needs }),
});

test.skipIf(process.platform === "win32")("contenders without their module are left out, said once", async () => {
  const said: string[] = [];
  const all = [contender("ours"), contender("A", "numpy"), contender("B", "torch"), contender("C", "torch")];
  const present = await presentContenders(all, (line) => said.push(line));
  expect(present.map(({ name }) => name)).toEqual(["ours", "A"]);
  expect(said).toEqual([`${python} has no module torch: its contenders are left out`]);
});

test("a Python that is not there is a user's mistake", () =>
  expect(importableModules("/nowhere/python", ["torch"])).rejects.toThrow(
    "--python /nowhere/python: expected a Python 3 that starts, received: spawn /nowhere/python ENOENT",
  ));
