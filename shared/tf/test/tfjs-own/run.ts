// Runs TensorFlow.js's own tests on the wasm backend in this process and prints the outcome as one
// line of JSON: `node run.ts BUNDLE`.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { tf, useBackend } from "../../src/index.ts";

const require = createRequire(import.meta.url);

export interface OwnTestsResult {
  readonly specs: number;
  readonly failed: readonly { readonly name: string; readonly message: string }[];
}

interface SpecResult {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { readonly message: string }[];
}

interface JasmineCore {
  getEnv(): {
    configure(configuration: object): void;
    addReporter(reporter: { specDone(result: SpecResult): void }): void;
    execute(): Promise<unknown>;
  };
}

async function run(bundle: string): Promise<OwnTestsResult> {
  await useBackend("wasm");
  const jasmineRequire = require("jasmine-core");
  const jasmine: JasmineCore = jasmineRequire.boot(jasmineRequire); // defines describe, it, expect, …
  const env = jasmine.getEnv();
  env.configure({ random: false });
  const results: SpecResult[] = [];
  env.addReporter({ specDone: (result) => results.push(result) });
  await import(pathToFileURL(bundle).href);
  await env.execute();
  const failed = results.filter(({ status }) => status === "failed");
  return {
    specs: results.filter(({ status }) => status !== "excluded").length,
    failed: failed.map(({ fullName, failedExpectations }) => ({
      name: fullName,
      message: failedExpectations[0]?.message.split("\n")[0] ?? "",
    })),
  };
}

if (import.meta.main) {
  tf.env().set("IS_TEST", true);
  console.log = () => {};
  console.warn = () => {};
  process.stdout.write(`${JSON.stringify(await run(process.argv[2]!))}\n`);
  process.exit();
}
