import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import { UserError } from "@course/core";

const require = createRequire(import.meta.url);

/** Where tfjs-node looks for its addon; its newest N-API level is 8 on every Node that runs here. */
export function nativeBinaryPath(): string {
  return join(require.resolve("@tensorflow/tfjs-node/package.json"), "../lib/napi-v8/tfjs_binding.node");
}

/** True where the compiled addon of tfjs-node is present; it is not after a plain install. */
export function isNativeInstalled(): boolean {
  return existsSync(nativeBinaryPath());
}

/**
 * Imports tfjs-node, which registers the backend "tensorflow".
 *
 * @throws UserError if its addon is missing, or was built for another Node or TensorFlow.
 */
export async function importNative(): Promise<void> {
  if (!isNativeInstalled()) {
    throw new UserError(
      "backend native: the compiled part of @tensorflow/tfjs-node is not installed: `pnpm course native` adds it, or use --backend wasm",
    );
  }
  supplyIsNullOrUndefined();
  try {
    await import("@tensorflow/tfjs-node");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new UserError(
      `backend native: @tensorflow/tfjs-node does not load (${reason}): built for another Node or TensorFlow? \`pnpm course native\` builds it anew`,
      { cause },
    );
  }
}

/** tfjs-node 4.22 calls this function of `util`, which Node 23 removed. */
function supplyIsNullOrUndefined(): void {
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
}
