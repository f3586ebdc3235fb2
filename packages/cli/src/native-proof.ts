import { join } from "node:path";
import { UserError } from "@course/core";
import { lastWords, runProgram } from "./native-run.ts";

// [1 2 3; 4 5 6] · [7 8; 9 10; 11 12] = [7+18+33 8+20+36; 28+45+66 32+50+72]
const EXPECTED = JSON.stringify({ backend: "tensorflow", product: [58, 64, 139, 154] });

/**
 * Multiplies two small matrices with the tfjs-node of a folder, in a process of its own, because an
 * addon that does not fit can end the process that loads it.
 *
 * @throws UserError if the addon does not load, or computes something else.
 */
export async function proveNative(packageFolder: string): Promise<void> {
  const program = join(import.meta.dirname, "native-product.ts");
  const { ended, stdout, stderr } = await runProgram(process.execPath, [program, packageFolder]);
  if (ended !== 0) {
    const reason = typeof ended === "number" ? lastWords(stderr) : `ended by ${ended}`;
    throw new UserError(
      `native: the addon does not load: ${reason} (damaged, or built for another Node or TensorFlow?)`,
    );
  }
  const received = stdout.split("\n").at(-1)!;
  if (received !== EXPECTED)
    throw new UserError(`native: a matrix product: expected ${EXPECTED}, received ${received} (a damaged TensorFlow?)`);
}
