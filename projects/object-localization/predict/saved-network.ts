import { join } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "@course/core";
import { loadModel, type tf } from "@course/tf";
import { findRunFolder, resolveUserPath, workspaceRoot } from "@course/train";

export interface Request {
  /** Of the run whose network answers. */
  readonly folder: string;
  /** What is not a flag on the command line: paths as the user typed them. */
  readonly paths: readonly string[];
  /** Where the answers go. */
  readonly to: string;
  /** Own scenes, for a network that was trained on them. */
  readonly dataFolder: string | undefined;
}

/** `PATH… [--run NAME] [--out DIR] [--to DIR] [--data DIR]`: by default the latest run, and the folder `predictions`. @throws UserError for anything else. */
export function readRequest(args: readonly string[]): Request {
  const text = { type: "string" } as const;
  const own = args[0] === "--" ? args.slice(1) : [...args]; // pnpm passes it on
  try {
    const { values, positionals } = parseArgs({
      args: own,
      options: { run: text, out: text, to: text, data: text },
      allowPositionals: true,
    });
    const out = values.out === undefined ? join(workspaceRoot(), "runs") : resolveUserPath(values.out);
    const folder = findRunFolder(out, "object-localization", values.run ?? "latest");
    const dataFolder = values.data === undefined ? undefined : resolveUserPath(values.data);
    return { folder, paths: positionals, to: resolveUserPath(values.to ?? "predictions"), dataFolder };
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${(cause as Error).message.split(". ")[0]} (flags: --run, --out, --to, --data)`, { cause });
  }
}

export interface Network {
  readonly model: tf.LayersModel;
  readonly classes: readonly string[];
  /** Of the images that it takes. */
  readonly size: readonly [height: number, width: number];
}

/** The caller disposes the model. @throws UserError if the run has no network, a damaged one, or one of another project. */
export async function loadNetwork(runFolder: string): Promise<Network> {
  const folder = join(runFolder, "model");
  const model = await loadModel(folder);
  const { classes } = (model.getUserDefinedMetadata() ?? {}) as { classes?: readonly string[] };
  const [input, output] = [model.inputs[0]!.shape, model.outputs[0]!.shape];
  const [, height, width, channels] = input;
  const fits = input.length === 4 && channels === 1 && output.length === 2 && output[1] === 5 + (classes?.length ?? 0);
  if (fits && classes && height && width) return { model, classes, size: [height, width] };
  model.dispose();
  throw new UserError(
    `${folder}: expected a network of object-localization, [null, height, width, 1] → [null, 5 + classes], received [${input.join(", ")}] → [${output.join(", ")}] with ${classes?.length ?? "no"} classes`,
  );
}
