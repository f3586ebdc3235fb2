import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const core = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-core"));

const ENTRY = `
import "${core}/public/chained_ops/register_all_chained_ops.js";
import "${core}/register_all_gradients.js";
import { setTestEnvs } from "${core}/jasmine_util.js";
setTestEnvs([{ name: "wasm", backendName: "wasm", isDataSync: true }]);
await import("${core}/tests.js");
`;

/**
 * Bundles TensorFlow.js's own tests, which its package ships as modules that Node cannot import,
 * with a copy of its core. The copy shares the kernel registry and the engine with ours: both are global.
 */
export async function bundleOwnTests(): Promise<string> {
  const file = fileURLToPath(new URL("../../node_modules/.own-tests/tests.mjs", import.meta.url));
  const bundle = await rolldown({
    input: "own-tests",
    platform: "node",
    treeshake: false, // the tests are side effects
    plugins: [
      {
        name: "own-tests",
        resolveId: (id) => (id === "own-tests" ? id : undefined),
        load: (id) => (id === "own-tests" ? ENTRY : undefined),
      },
    ],
    external: [/^node:/, /jasmine-core/],
    logLevel: "silent",
  });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  return file;
}
