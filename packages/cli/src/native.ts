import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { UserError } from "@course/core";
import { resolveUserPath } from "@course/train";
import type { Command } from "commander";
import { compileNative } from "./native-compile.ts";
import { downloadNative } from "./native-download.ts";
import { proveNative } from "./native-proof.ts";
import { findTensorFlow } from "./native-python.ts";
import { compareSpeed } from "./native-speed.ts";
import { addonPath, buildInCopy, clearAdded } from "./native-staging.ts";

export interface NativeSettings {
  /** The installed @tensorflow/tfjs-node. */
  readonly packageFolder: string;
  /** The Python whose TensorFlow serves if the download fails: a name on the path, or a path. */
  readonly python: string;
  readonly stallMs?: number | undefined;
  readonly say: (line: string) => void;
}

export function addNativeCommand(program: Command): void {
  program
    .command("native")
    .description("add TensorFlow's native backend: download it, or compile it against the TensorFlow of a Python")
    .option("--python <path>", "a Python that has tensorflow-cpu 2.18.1", "python3")
    .action(async ({ python }: { python: string }) => {
      const say = (line: string) => process.stdout.write(`${line}\n`);
      const path = python.includes("/") ? resolveUserPath(python) : python;
      await installNative({ packageFolder: findTfjsNode(), python: path, say });
      say("a training step of the CNN on both backends:");
      say(await compareSpeed());
    });
}

/**
 * Adds the compiled addon to tfjs-node, which is installed without it. Nothing changes in the
 * package before the new addon has computed a known matrix product.
 *
 * @throws UserError if the download fails, and compiling too.
 */
export async function installNative(settings: NativeSettings): Promise<void> {
  const { packageFolder, say } = settings;
  if (
    existsSync(addonPath(packageFolder)) &&
    (await isTried("installed", settings, () => proveNative(packageFolder)))
  ) {
    say("installed already; a matrix product is right");
    return;
  }
  await buildInCopy(packageFolder, async (copy) => {
    const download = async () => {
      await downloadNative(copy, settings);
      await proveNative(copy);
    };
    if (await isTried("download", settings, download)) return;
    clearAdded(copy);
    const tensorFlow = await findTensorFlow(settings.python);
    say(`compiling against TensorFlow ${tensorFlow.version} in ${tensorFlow.folder}`);
    const seconds = await compileNative(copy, tensorFlow);
    await proveNative(copy);
    say(`compiled in ${seconds.toFixed(1)} s`);
  });
  say("a matrix product is right: --backend native works now");
}

/** False, and a line with the reason, where a UserError says that this way is closed. */
async function isTried(what: string, { say }: NativeSettings, attempt: () => Promise<void>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say(`${what}: ${error.message.replace(/^native: /, "")}`);
    return false;
  }
}

/** The one copy of tfjs-node, a dependency of @course/tf. */
function findTfjsNode(): string {
  return dirname(createRequire(import.meta.resolve("@course/tf")).resolve("@tensorflow/tfjs-node/package.json"));
}
