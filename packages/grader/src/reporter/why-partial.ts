import type { TestModule, TestRunEndReason, TestSpecification, Vitest } from "vitest/node";

interface Run {
  readonly specifications: readonly TestSpecification[];
  readonly modules: readonly TestModule[];
  readonly reason: TestRunEndReason;
}

/** Why the run did not see all tests of the project, for the line that replaces its score; null if it did. */
export async function whyPartial(vitest: Vitest, { specifications, modules, reason }: Run): Promise<string | null> {
  if (reason === "interrupted") return "the run was interrupted";
  const pattern = vitest.getGlobalTestNamePattern();
  if (pattern) return `only tests whose names match ${pattern} ran`;
  if (vitest.config.tagsFilter?.length) return `only tests with tags ${vitest.config.tagsFilter.join(", ")} ran`;
  const isNarrowed = specifications.some(
    ({ testLines, testNamePattern, testIds, testNames, testTagsFilter }) =>
      testLines ?? testNamePattern ?? testIds ?? testNames ?? testTagsFilter,
  );
  if (isNarrowed) return "only chosen tests of a file ran";
  const all = new Set((await vitest.globTestSpecifications()).map(({ moduleId }) => moduleId));
  const ran = new Set(modules.map(({ moduleId }) => moduleId));
  const left = [...all].filter((moduleId) => !ran.has(moduleId)).length;
  return left > 0 ? `${left} of ${all.size} test files did not run` : null;
}
