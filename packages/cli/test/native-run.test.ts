import { expect, test } from "vitest";
import { lastWords } from "../src/native-run.ts";

test("last words: a thrown error, else the lines that name one, else the last three", () => {
  expect(lastWords("throw er; // an error\n\nTypeError: no x\n    at f (a.js:1)\n")).toBe("TypeError: no x");
  expect(lastWords("a.cc:1: error: b\n 1 | code\nld: undefined reference to `f'\n")).toBe(
    "a.cc:1: error: b; ld: undefined reference to `f'",
  );
  expect(lastWords("1\n2\n3\n4\n")).toBe("2; 3; 4");
  expect(lastWords("\n")).toBe("it printed nothing");
});
