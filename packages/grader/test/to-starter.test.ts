import { UserError } from "@course/core";
import { expect, test } from "vitest";
import { toStarter } from "../src/index.ts";

test("a block becomes a task that throws; all else stays, also a text with quotes and accents", () => {
  const source = `export class Dénse {
    forward(x: number): number {
      const é = "ü"; // before
      // #solution 2.1 return "x" · W\\b
      if (x > 0) {
        return x;
      }
      return 0;
      // #end
      // after
    }
  }
`;
  expect(toStarter(source, "src/dense.ts")).toBe(`export class Dénse {
    forward(x: number): number {
      const é = "ü"; // before
      // TODO 2.1 return "x" · W\\b
      throw new Error("2.1 is yours to write: return \\"x\\" · W\\\\b");
      // after
    }
  }
`);
});

test("several blocks, in the middle of a function and in a case", () => {
  const source = `function f(kind: string): number {
  let y = 0;
  // #solution 1.1 one
  y = 1;
  // #end
  switch (kind) {
    case "a":
      // #solution 1.2 two
      y = 2;
      break;
      // #end
    default:
  }
  return y;
}`;
  const throwing = 'throw new Error("1.1 is yours to write: one");';
  const starter = toStarter(source, "f.ts", ["1.1", "1.2"]);
  expect(starter.split("\n")).toHaveLength(12);
  expect(starter).toContain(`  let y = 0;\n  // TODO 1.1 one\n  ${throwing}\n  switch (kind) {`);
  expect(starter).toContain(
    '      // TODO 1.2 two\n      throw new Error("1.2 is yours to write: two");\n    default:',
  );
});

test("the starter runs up to the task, then says whose turn it is", () => {
  const source =
    "(function f(x) {\n  if (x < 0) return 'checked';\n  // #solution 3.1 double it\n  return 2 * x;\n  // #end\n})";
  // biome-ignore lint/security/noGlobalEval: the source is the line above
  const f = globalThis.eval(toStarter(source, "f.ts")) as (x: number) => unknown;
  expect(f(-1)).toBe("checked");
  expect(() => f(1)).toThrow("3.1 is yours to write: double it");
});

test("windows line ends are kept, mixed ones are refused", () => {
  const source = "function f() {\n// #solution 1.1 a\nreturn 1;\n// #end\n}\n";
  expect(toStarter(source.replaceAll("\n", "\r\n"), "f.ts")).toBe(toStarter(source, "f.ts").replaceAll("\n", "\r\n"));
  expect(() => toStarter(source.replace("\n", "\r\n"), "f.ts")).toThrow("f.ts: mixes \\n and \\r\\n line ends");
});

test("a source without markers is not touched, even one that does not parse", () =>
  expect(toStarter("const = 1", "f.ts")).toBe("const = 1"));

test.each([
  ["at module level", "// #solution 1.1 a\nexport const a = 1;\n// #end"],
  ["in a branch at module level", "if (a) {\n// #solution 1.1 a\na();\n// #end\n}"],
  ["around methods", "class A {\n// #solution 1.1 a\nf() { return 1; }\n// #end\n}"],
  ["inside an expression", "function f() { return [\n// #solution 1.1 a\n1,\n// #end\n]; }"],
  ["that cuts two branches", "function f(a) { if (a) {\n// #solution 1.1 a\na();\n} else {\na();\n// #end\n} }"],
  ["that is a branch without braces", "function f(a) { if (a)\n// #solution 1.1 a\nreturn 1;\n// #end\n}"],
  ["that cuts the end of a statement", "function f() { return (\n// #solution 1.1 a\n1); f();\n// #end\n}"],
  [
    "around a case label",
    "function f(a) { switch (a) {\ncase 0:\n// #solution 1.1 a\na();\ncase 1:\na();\n// #end\n} }",
  ],
  ["that takes a closing brace along", "function f(a) { if (a) {\n// #solution 1.1 a\na();\n}\n// #end\n}"],
])("a block %s is refused", (_, source) => {
  expect(() => toStarter(source, "src/f.ts")).toThrow(UserError);
  expect(() => toStarter(source, "src/f.ts")).toThrow(
    /src\/f\.ts:\d+: 1\.1: expected whole statements inside one function/,
  );
});

test("a source that does not parse is refused", () =>
  expect(() => toStarter("function f() {\n// #solution 1.1 a\nconst = 1;\n// #end\n}", "f.ts")).toThrow(
    "f.ts: does not parse:",
  ));
