import { existsSync, readFileSync } from "node:fs";
import type { TestCase, TestModule } from "vitest/node";
import type { Rubric } from "../rubric/rubric.ts";
import type { TestOutcome, TestRun } from "../score/grade-items.ts";

/** What vitest's test modules say about each test, in our own terms. */
export function readTestRun(
  modules: readonly TestModule[],
  { rubric, partial }: { rubric: Rubric; partial: string | null },
): TestRun {
  const broken = modules.filter((module) => module.errors().length > 0);
  return {
    outcomes: modules.flatMap((module) => [...module.children.allTests()].map(toOutcome)),
    brokenFiles: broken.map(({ moduleId, relativeModuleId }) => ({
      file: relativeModuleId,
      ids: idsInText(moduleId, rubric),
    })),
    partial,
  };
}

function toOutcome(test: TestCase): TestOutcome {
  const titles = [test.name];
  for (let parent = test.parent; parent.type === "suite"; parent = parent.parent) titles.unshift(parent.name);
  const { state } = test.result();
  return { titles, state: state === "passed" || state === "failed" ? state : "skipped" };
}

/** Items whose id begins a string in the file: its tests are unknown, so those items cannot pass. */
function idsInText(file: string, rubric: Rubric): string[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  const ids = new Set(Array.from(text.matchAll(/["'`]([1-9]\d*\.[1-9]\d*)/g), (match) => match[1]));
  return rubric.items.map(({ id }) => id).filter((id) => ids.has(id));
}
