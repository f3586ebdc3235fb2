import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";
import { builds } from "./support.ts";

test("both builds under V8's flag, optimised, and 128 bits without it, compute the same bits", async () => {
  const program = fileURLToPath(new URL("fingerprint.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program]);
  for (const kernels of builds) {
    for (let i = 0; i < 30; i++) {
      expect(fingerprint(kernels)).toBe(stdout.trim());
      await new Promise((resolve) => setTimeout(resolve, 2)); // V8 installs optimised code in between
    }
  }
});
