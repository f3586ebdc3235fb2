import { UserError } from "@course/core";
import { expect, test } from "vitest";
import { defineRubric, isEditable, loadRubric, type Rubric } from "../src/index.ts";
import { tinyProject } from "./tiny-project.ts";

const rubric: Rubric = {
  project: "mini-framework",
  editable: ["src/dense.ts", "src/layers/*.ts"],
  items: [
    { id: "2.1", title: "Dense forward", points: 60.5, hint: "Write the shapes on paper." },
    { id: "2.2", title: "Trains", points: 39.5, hint: "ln 10?", metric: { name: "test/accuracy", atLeast: 0.97 } },
  ],
};
const [first, second] = rubric.items as [Rubric["items"][0], Rubric["items"][0]];

test("a sound rubric comes back as it is", () => expect(defineRubric(rubric)).toEqual(rubric));

test.each<[string, unknown, string]>([
  ["an id twice", { items: [first, { ...second, id: "2.1" }] }, "id 2.1: expected once, received twice"],
  [
    "an id of one number",
    { items: [{ ...first, id: "2" }, second] },
    'items.0.id: expected an id like "2.1" (received "2")',
  ],
  ["an id with a zero", { items: [{ ...first, id: "2.0" }, second] }, 'expected an id like "2.1" (received "2.0")'],
  ["points of 99", { items: [first, { ...second, points: 38.5 }] }, "points: expected a sum of 100, received 99"],
  [
    "no points",
    { items: [{ ...first, points: 0 }, second] },
    "items.0.points: Too small: expected number to be >0 (received 0)",
  ],
  [
    "no hint",
    { items: [{ ...first, hint: " " }, second] },
    "items.0.hint: expected a hint for the student who is stuck",
  ],
  ["an unknown key", { items: [{ ...first, point: 3 }, second] }, 'items.0: Unrecognized key: "point"'],
  ["no items", { items: [] }, "items: Too small"],
  ["a file outside src", { editable: ["test/dense.test.ts"] }, "editable.0: expected a path or glob inside src/"],
  ["a path that climbs out", { editable: ["src/../rubric.ts"] }, "editable.0: expected a path or glob inside src/"],
  ["nothing editable", { editable: [] }, "editable: Too small"],
  ["a project with a scope", { project: "@course/mini" }, "project: expected the project's folder name"],
  [
    "a metric without bound",
    { items: [first, { ...second, metric: { name: "test/f1" } }] },
    "exactly one of atLeast and atMost",
  ],
  [
    "a metric with both bounds",
    { items: [first, { ...second, metric: { name: "test/f1", atLeast: 0, atMost: 1 } }] },
    "items.1.metric: expected exactly one of atLeast and atMost",
  ],
  [
    "a metric without split",
    { items: [first, { ...second, metric: { name: "f1", atLeast: 0 } }] },
    "expected split/name",
  ],
])("%s is refused", (_, change, message) => {
  const define = () => defineRubric({ ...rubric, ...(change as Partial<Rubric>) });
  expect(define).toThrow(UserError);
  expect(define).toThrow(message);
});

test("the error names the project, or says that it has no name", () => {
  expect(() => defineRubric({ ...rubric, items: [first] })).toThrow("rubric of mini-framework: points:");
  expect(() => defineRubric(undefined as unknown as Rubric)).toThrow("rubric of an unnamed project: rubric:");
});

test("editable patterns match files", () => {
  expect(isEditable(rubric, "src/dense.ts")).toBe(true);
  expect(isEditable(rubric, "src/layers/relu.ts")).toBe(true);
  expect(isEditable(rubric, "src/train.ts")).toBe(false);
});

test("a project's rubric is loaded and checked", async () => {
  using project = tinyProject();
  expect((await loadRubric(project.folder)).items.map(({ id }) => id)).toEqual(["1.1", "1.2", "2.1"]);
});

test.each([
  ["no default export", "export {};", "expected `export default defineRubric"],
  ["a rubric that was not checked", "export default { project: 'tiny-line' };", "rubric of tiny-line: editable:"],
  ["a syntax error", "export default {", "rubric.ts"],
])("%s is refused on loading", async (_, text, message) => {
  using project = tinyProject({ "rubric.ts": text });
  await expect(loadRubric(project.folder)).rejects.toThrow(UserError);
  await expect(loadRubric(project.folder)).rejects.toThrow(message);
});

test("a folder without a rubric is no project", () =>
  expect(loadRubric(import.meta.dirname)).rejects.toThrow(
    "rubric.ts: no rubric here (is this the folder of a project?)",
  ));
