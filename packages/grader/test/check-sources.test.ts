import { expect, test } from "vitest";
import { loadRubric } from "../src/index.ts";
import { checkSources, survivingMarkers } from "../src/prove/check-sources.ts";
import { type Changes, replaced, tinyProject } from "./tiny-project.ts";

async function problemsOf(changes: Changes): Promise<string[]> {
  using project = tinyProject(changes);
  return checkSources(project.folder, await loadRubric(project.folder));
}

test("a sound project has no problems", async () => expect(await problemsOf({})).toEqual([]));

test.each<[string, Changes, string]>([
  [
    "a rubric of another project",
    { "rubric.ts": replaced('"tiny-line"', '"other"') },
    "rubric.ts: project: expected tiny-line, received other",
  ],
  [
    "an editable path without a file",
    { "rubric.ts": replaced('["src/line.ts"]', '["src/line.ts", "src/lime.ts"]') },
    "rubric.ts: editable: no file matches src/lime.ts",
  ],
  [
    "a marker outside the editable files",
    { "src/other.ts": "export function f(): void {\n  // #solution 1.1 a\n  f();\n  // #end\n}\n" },
    "src/other.ts:2: 1.1 is to be written here, but rubric.ts does not list the file as editable",
  ],
  [
    "an item without marker or metric",
    { "rubric.ts": replaced('metric: { name: "test/error", atMost: 1e-6 },', "") },
    "rubric.ts: 2.1 Fits the points: no source has a #solution 2.1",
  ],
  [
    "a marker that the rubric lacks",
    { "src/train.ts": (text) => `${text}\nfunction g(): void {\n  // #solution 1.9 a\n  g();\n  // #end\n}\n` },
    'src/train.ts:27: #solution 1.9 is not in the rubric (did you mean "1.1"?)',
  ],
])("%s", async (_, changes, problem) => expect(await problemsOf(changes)).toEqual([problem]));

test("all problems are listed at once", async () => {
  const problems = await problemsOf({ "src/line.ts": replaced("// #end", "") });
  expect(problems).toEqual([
    "src/line.ts:20: #solution inside 1.1, which is open since line 11",
    "rubric.ts: 1.1 Prediction: no source has a #solution 1.1",
    "rubric.ts: 1.2 Mean squared error: no source has a #solution 1.2",
  ]);
});

test("markers survive in files that are not TypeScript; documents may explain them", () => {
  using project = tinyProject({ "src/line.ts": "", "src/kernel.js": "// #solution 1.1 a\n// #end\n" });
  expect(survivingMarkers(project.folder)).toEqual(["src/kernel.js"]);
});
