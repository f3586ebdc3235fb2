import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { UserError } from "@course/core";
import { beforeEach, expect, test, vi } from "vitest";
import { installNative } from "../src/native.ts";

/** Stands for tfjs-node: its "addon" is a text file with the product that it will compute. */
const PACKAGE_PROGRAM = `
const product = JSON.parse(require("fs").readFileSync(__dirname + "/../lib/napi-v8/tfjs_binding.node", "utf8"));
exports.getBackend = () => "tensorflow";
exports.tensor2d = (values) => values;
exports.matMul = () => ({ dataSync: () => Float32Array.from(product) });
`;
const RIGHT = "[58, 64, 139, 154]";
const NO_HOST = `throw new Error("getaddrinfo ENOTFOUND example.org")`;
const writeAddon = (text: string) => `
const fs = require("fs");
fs.mkdirSync("lib/napi-v8", { recursive: true });
fs.mkdirSync("deps");
fs.writeFileSync("deps/library", "downloaded");
// the real script rewrites it too
fs.writeFileSync("package.json", JSON.stringify({ ...JSON.parse(fs.readFileSync("package.json")), rewritten: true }));
fs.writeFileSync("lib/napi-v8/tfjs_binding.node", ${JSON.stringify(text)});`;

let root: string;
let lines: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "native-"));
  lines = [];
  for (const folder of ["dist", "binding", "scripts"]) mkdirSync(join(root, "package", folder), { recursive: true });
  for (const name of ["binding.gyp", "binding/tfjs_backend.cc"]) writeFileSync(join(root, "package", name), "");
  writeFileSync(join(root, "package", "package.json"), `{"name":"fake","main":"dist/index.js"}`);
  writeFileSync(join(root, "package", "dist", "index.js"), PACKAGE_PROGRAM);
  setInstallScript(NO_HOST);
  mkdirSync(join(root, "bin"));
  vi.stubEnv("PATH", `${join(root, "bin")}${delimiter}/bin`);
  return () => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  };
});

const setInstallScript = (source: string) => writeFileSync(join(root, "package", "scripts", "install.js"), source);

function program(name: string, body: string): string {
  const path = join(root, "bin", name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A Python that answers with a folder that has every file asked for, but for the one left out. */
function pythonWithTensorFlow(leaveOut?: string): string {
  const folder = join(root, "tensorflow");
  mkdirSync(join(folder, "include", "tensorflow", "c"), { recursive: true });
  for (const file of ["include/tensorflow/c/c_api.h", "libtensorflow_cc.so.2", "libtensorflow_framework.so.2"])
    if (file !== leaveOut) writeFileSync(join(folder, file), "");
  return program("python3", `echo '${JSON.stringify({ folder, version: "2.18.1" })}'`);
}

/** A compiler that writes `addon` to the file after -o. */
const compiler = (addon: string) =>
  program("g++", `while [ "$1" != -o ]; do shift; done\nprintf '%s' '${addon}' > "$2"`);

const install = (python = "python3", stallMs?: number) =>
  installNative({ packageFolder: join(root, "package"), python, stallMs, say: (line) => lines.push(line) });

const addon = () => join(root, "package", "lib", "napi-v8", "tfjs_binding.node");

/** Fails as a user's mistake, in one line, and leaves the package and its folder as they were. */
async function expectFailure(message: RegExp, run = install()): Promise<void> {
  const error = await run.then(
    () => expect.unreachable("expected a failure"),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).message).toMatch(message);
  expect((error as UserError).message).not.toContain("\n");
  expect(readdirSync(join(root, "package")).sort()).toEqual([
    "binding",
    "binding.gyp",
    "dist",
    "package.json",
    "scripts",
  ]);
  expect(readdirSync(root).filter((name) => name.startsWith(".tfjs-node-"))).toEqual([]);
}

test("the download comes first: addon and library move in, package.json stays", async () => {
  setInstallScript(writeAddon(RIGHT));
  await install("/nonexistent/python");
  expect(readFileSync(addon(), "utf8")).toBe(RIGHT);
  expect(readFileSync(join(root, "package", "deps", "library"), "utf8")).toBe("downloaded");
  expect(readFileSync(join(root, "package", "package.json"), "utf8")).not.toContain("rewritten");
  expect(readdirSync(root).sort()).toEqual(["bin", "package"]);
  expect(lines).toEqual(["a matrix product is right: --backend native works now"]);
});

test("no host: compiles, says why, and moves the addon in", async () => {
  pythonWithTensorFlow();
  compiler(RIGHT);
  await install();
  expect(readFileSync(addon(), "utf8")).toBe(RIGHT);
  expect(lines[0]).toBe("download: Error: getaddrinfo ENOTFOUND example.org");
  expect(lines[1]).toBe(`compiling against TensorFlow 2.18.1 in ${join(root, "tensorflow")}`);
});

test("a host that sends nothing: the script and its children end after the limit", async () => {
  setInstallScript(`require("child_process").execSync("sleep 3; touch ${join(root, "survived")}")`);
  const start = performance.now();
  await expectFailure(/no such program/, install("/nonexistent/python", 600));
  expect(lines).toEqual(["download: nothing arrived for 0.6 seconds"]);
  expect(performance.now() - start).toBeLessThan(2900);
  await new Promise((resolve) => setTimeout(resolve, 3000 - (performance.now() - start) + 300));
  expect(existsSync(join(root, "survived"))).toBe(false);
});

test("a download that computes wrong numbers does not stay; compiling goes on", async () => {
  setInstallScript(writeAddon("[58, 64, 139, 155]"));
  await expectFailure(/no such program/, install("/nonexistent/python"));
  expect(lines[0]).toMatch(/^download: a matrix product: expected .*154\]\}, received .*155\]\}/);
});

test("an installed addon that works is left alone", async () => {
  mkdirSync(join(root, "package", "lib", "napi-v8"), { recursive: true });
  writeFileSync(addon(), RIGHT);
  await install("/nonexistent/python");
  expect(lines).toEqual(["installed already; a matrix product is right"]);
});

test("an installed addon built for another version is replaced, but only by one that works", async () => {
  mkdirSync(join(root, "package", "lib", "napi-v8"), { recursive: true });
  writeFileSync(addon(), "other version");
  await expect(install("/nonexistent/python")).rejects.toThrow("no such program");
  expect(lines[0]).toMatch(
    /^installed: the addon does not load: SyntaxError: .*built for another Node or TensorFlow\?/,
  );
  expect(readFileSync(addon(), "utf8")).toBe("other version");
  pythonWithTensorFlow();
  compiler(RIGHT);
  await install();
  expect(readFileSync(addon(), "utf8")).toBe(RIGHT);
});

test("no Python", () => expectFailure(/^native: none\/python: no such program: .*--python/, install("none/python")));

test("a Python that fails", async () => {
  program("python3", `echo 'Traceback' >&2; echo 'ImportError: no module named json' >&2; exit 1`);
  await expectFailure(/^native: python3 does not work: ImportError: no module named json: name another/);
});

test("a program that is not Python", async () => {
  program("python3", "echo hello");
  await expectFailure(/^native: python3 is not a Python: expected JSON from it, received "hello"/);
});

test("a Python without TensorFlow: the pip command", async () => {
  program("python3", `echo '{"folder": null, "version": "unknown"}'`);
  await expectFailure(/^native: python3 has no TensorFlow: run `python3 -m pip install tensorflow-cpu==2\.18\.1`/);
});

test("a TensorFlow without its library", async () => {
  await expectFailure(
    /expected libtensorflow_cc\.so\.2, not there/,
    install(pythonWithTensorFlow("libtensorflow_cc.so.2")),
  );
});

test.runIf(process.platform === "linux")("no g++", async () => {
  pythonWithTensorFlow();
  vi.stubEnv("PATH", join(root, "bin"));
  await expectFailure(/^native: g\+\+: no such program: install a C\+\+ compiler/);
});

test("a compile error: its lines, and no half-written addon", async () => {
  pythonWithTensorFlow();
  program(
    "g++",
    `while [ "$1" != -o ]; do shift; done; printf half > "$2"; echo 'a.cc:3:1: error: no TFE_Op' >&2; echo '  3 | x' >&2; exit 1`,
  );
  await expectFailure(
    /^native: g\+\+ does not compile the addon against TensorFlow 2\.18\.1: a\.cc:3:1: error: no TFE_Op$/,
  );
});

test("a compiled addon that does not load", async () => {
  pythonWithTensorFlow();
  compiler("not an addon");
  await expectFailure(/^native: the addon does not load: SyntaxError/);
});
