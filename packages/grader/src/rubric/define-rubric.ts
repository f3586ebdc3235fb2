import { UserError } from "@course/core";
import { z } from "zod";
import { type Rubric, TOTAL_POINTS } from "./rubric.ts";

const metricSchema = z
  .strictObject({
    name: z.string().regex(/^[^/\s]+\/\S+$/, "expected split/name, like test/accuracy"),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  })
  .refine(({ atLeast, atMost }) => (atLeast === undefined) !== (atMost === undefined), {
    error: "expected exactly one of atLeast and atMost",
  });

const itemSchema = z.strictObject({
  id: z.string().regex(/^[1-9]\d*\.[1-9]\d*$/, 'expected an id like "2.1"'),
  title: z.string().trim().min(1, "expected a title"),
  points: z.number().positive(),
  hint: z.string().trim().min(1, "expected a hint for the student who is stuck"),
  metric: metricSchema.optional(),
});

const rubricSchema = z.strictObject({
  project: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "expected the project's folder name, like mnist-cnn"),
  editable: z.array(z.string().refine(isInsideSource, "expected a path or glob inside src/, like src/model.ts")).min(1),
  items: z.array(itemSchema).min(1),
});

/**
 * A project's rubric, checked.
 *
 * @throws UserError that names the entry, what was expected and what was received: an unknown key,
 * an id that is malformed or used twice, points that are not positive or do not add up to 100, a
 * missing hint, an editable path outside `src/`, a metric without exactly one bound.
 */
export function defineRubric(rubric: Rubric): Rubric {
  const result = rubricSchema.safeParse(rubric);
  const where = `rubric of ${typeof rubric?.project === "string" ? rubric.project : "an unnamed project"}`;
  if (!result.success) {
    const issues = result.error.issues.map((issue) => describeIssue(issue, rubric));
    throw new UserError(`${where}: ${issues.join("; ")}`);
  }
  const ids = result.data.items.map(({ id }) => id);
  const repeated = ids.find((id, i) => ids.indexOf(id) !== i);
  if (repeated !== undefined) throw new UserError(`${where}: id ${repeated}: expected once, received twice`);
  const sum = result.data.items.reduce((total, { points }) => total + points, 0);
  if (Math.abs(sum - TOTAL_POINTS) > 1e-9)
    throw new UserError(`${where}: points: expected a sum of ${TOTAL_POINTS}, received ${Number(sum.toFixed(9))}`);
  return result.data;
}

function describeIssue({ path, message }: z.core.$ZodIssue, rubric: unknown): string {
  const received = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], rubric);
  const isPlain = received === null || typeof received !== "object";
  return `${path.join(".") || "rubric"}: ${message}${isPlain ? ` (received ${JSON.stringify(received)})` : ""}`;
}

function isInsideSource(path: string): boolean {
  return (
    path.startsWith("src/") && !path.includes("\\") && !path.split("/").some((part) => part === "" || part === "..")
  );
}
