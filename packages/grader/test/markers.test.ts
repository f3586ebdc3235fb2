import { UserError } from "@course/core";
import { expect, test } from "vitest";
import { hasMarker, parseMarkers } from "../src/index.ts";

test("blocks with their lines, ids, tasks and indent", () => {
  const source = ["function f() {", "  // #solution 2.1 add a and b", "  return a + b;", "  // #end", "}"];
  const twice = [...source, ...source].join("\n");
  const block = { id: "2.1", task: "add a and b", indent: "  " };
  expect(parseMarkers(twice, "src/f.ts")).toEqual([
    { ...block, startLine: 2, endLine: 4 },
    { ...block, startLine: 7, endLine: 9 },
  ]);
});

test("a source without markers has no blocks", () =>
  expect(parseMarkers("let a = 1; // #endless\n", "a.ts")).toEqual([]));

test.each([
  [
    "nested",
    "// #solution 2.1 a\nx;\n// #solution 2.2 b\n// #end",
    "a.ts:3: #solution inside 2.1, which is open since line 1",
  ],
  ["unclosed", "x;\n// #solution 2.1 a\nx;", "a.ts:2: #solution 2.1 has no #end"],
  ["unopened", "x;\n// #end", "a.ts:2: #end without a #solution before it"],
  ["closed twice", "// #solution 2.1 a\nx;\n// #end\n// #end", "a.ts:4: #end without a #solution before it"],
  [
    "empty",
    "// #solution 2.1 a\n\n  // x\n  /* y */\n// #end",
    "a.ts:5: 2.1 is empty: there is nothing for a student to write",
  ],
  [
    "without an id",
    "// #solution add\nx;\n// #end",
    'a.ts:1: expected "// #solution 2.1 what to do" alone on its line',
  ],
  ["without a task", "// #solution 2.1\nx;\n// #end", 'alone on its line, received "// #solution 2.1"'],
  ["behind code", "x; // #solution 2.1 a\nx;\n// #end", 'received "x; // #solution 2.1 a"'],
  ["without a space", "//#solution 2.1 a\nx;\n// #end", 'received "//#solution 2.1 a"'],
  [
    "closed behind code",
    "// #solution 2.1 a\nx; // #end",
    'a.ts:2: expected "// #end" alone on its line, received "x; // #end"',
  ],
  [
    "of an unknown id",
    "// #solution 2.11 a\nx;\n// #end",
    'a.ts:1: #solution 2.11 is not in the rubric (did you mean "2.1"?)',
  ],
])("a block %s is refused", (_, source, message) => {
  const parse = () => parseMarkers(source, "a.ts", ["2.1", "2.2"]);
  expect(parse).toThrow(UserError);
  expect(parse).toThrow(message);
});

test("any trace of a marker is found", () => {
  expect(hasMarker("x; //#end")).toBe(true);
  expect(hasMarker("a\r\n  // #solution\r\n")).toBe(true);
  expect(hasMarker("// #endregion\n# end\n// #ending")).toBe(false);
});
