import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { UserError } from "@course/core";
import { lastWords, runProgram } from "./native-run.ts";

const ROUNDS = 5;

/**
 * The report of `pnpm bench` on a training step of the CNN, on our kernels and on the native backend.
 *
 * @throws UserError if it ends with an error.
 */
export async function compareSpeed(): Promise<string> {
  const program = fileURLToPath(import.meta.resolve("@course/bench/src/main.ts"));
  const options = ["--only", "step-cnn", "--rounds", String(ROUNDS), "--threads", String(availableParallelism())];
  const { ended, stdout, stderr } = await runProgram(process.execPath, [program, ...options]);
  if (ended !== 0) throw new UserError(`native: the speed cannot be measured: ${lastWords(stderr)}`);
  return stdout.trimEnd();
}
