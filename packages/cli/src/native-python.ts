import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@course/core";
import { lastWords, runProgram } from "./native-run.ts";

/** The version that the addon was measured with. */
const WHEEL = "tensorflow-cpu==2.18.1";

export const TENSORFLOW_LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"] as const;

export interface PythonTensorFlow {
  /** The folder of the Python package, which holds its headers and libraries. */
  readonly folder: string;
  readonly version: string;
}

/** Finds the package without importing it, which takes seconds. */
const PROBE = `
import importlib.metadata as metadata, importlib.util, json
spec = importlib.util.find_spec("tensorflow")
found = {"folder": None, "version": "of unknown version"}
if spec is not None and spec.submodule_search_locations:
    found["folder"] = list(spec.submodule_search_locations)[0]
for name in ("tensorflow-cpu", "tensorflow"):
    try:
        found["version"] = metadata.version(name)
        break
    except metadata.PackageNotFoundError:
        pass
print(json.dumps(found))
`;

/** @throws UserError if there is no such Python, it has no TensorFlow, or one without headers or libraries. */
export async function findTensorFlow(python: string): Promise<PythonTensorFlow> {
  const { ended, stdout, stderr } = await runProgram(python, ["-c", PROBE]);
  if (ended === "missing")
    throw new UserError(`native: ${python}: no such program: install Python 3.9 to 3.12, or name one with --python`);
  if (ended !== 0)
    throw new UserError(`native: ${python} does not work: ${lastWords(stderr)}: name another with --python`);
  const { folder, version } = parseProbe(python, stdout);
  const advice = `run \`${python} -m pip install ${WHEEL}\` (in a virtual environment of Python 3.9 to 3.12), then \`pnpm course native --python ${python}\``;
  if (folder === null) throw new UserError(`native: ${python} has no TensorFlow: ${advice}`);
  const missing = [join("include", "tensorflow", "c", "c_api.h"), ...TENSORFLOW_LIBRARIES].find(
    (file) => !existsSync(join(folder, file)),
  );
  if (missing)
    throw new UserError(
      `native: ${folder}: expected ${missing}, not there (TensorFlow ${version}, too old?): ${advice}`,
    );
  return { folder, version };
}

function parseProbe(python: string, printed: string): { folder: string | null; version: string } {
  try {
    return JSON.parse(printed);
  } catch {
    throw new UserError(`native: ${python} is not a Python: expected JSON from it, received "${printed.trim()}"`);
  }
}
