import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { UserError } from "@course/core";
import { type PythonTensorFlow, TENSORFLOW_LIBRARIES } from "./native-python.ts";
import { lastWords, runProgram } from "./native-run.ts";
import { addonPath } from "./native-staging.ts";

// Node-API is stable across versions of Node, so its headers may come from a package of their own.
const HEADERS: string = createRequire(import.meta.url)("node-api-headers").include_dir;

/**
 * Compiles the addon whose source the package ships, against the TensorFlow of a Python; the addon
 * loads its libraries from there, so that Python's folder must stay. Returns the seconds it took.
 *
 * @throws UserError if this is not Linux, there is no g++, or it ends with an error.
 */
export async function compileNative(copy: string, { folder, version }: PythonTensorFlow): Promise<number> {
  if (process.platform !== "linux")
    throw new UserError("native: the addon is compiled on Linux only: use --backend wasm here");
  const output = addonPath(copy);
  mkdirSync(dirname(output), { recursive: true });
  const start = performance.now();
  const { ended, stderr } = await runProgram("g++", [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", "-w", "-DNAPI_VERSION=8", "-DBUILDING_NODE_EXTENSION"],
    ...["-I", copy, "-I", join(folder, "include"), "-I", HEADERS],
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => join(copy, "binding", name)),
    ...["-L", folder, ...TENSORFLOW_LIBRARIES.map((library) => `-l:${library}`)],
    ...["-Xlinker", "-rpath", "-Xlinker", folder, "-o", output],
  ]);
  if (ended === "missing")
    throw new UserError("native: g++: no such program: install a C++ compiler (Debian, Ubuntu: apt-get install g++)");
  if (ended !== 0)
    throw new UserError(`native: g++ does not compile the addon against TensorFlow ${version}: ${lastWords(stderr)}`);
  return (performance.now() - start) / 1000;
}
