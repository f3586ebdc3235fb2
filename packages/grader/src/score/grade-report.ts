/** How many tests of an item ended which way. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Skipped, to do, left out by `.only`, or never finished. */
  readonly skipped: number;
}

/** What one rubric item earned. The self-grade gives all points or none. */
export interface ItemGrade {
  readonly id: string;
  readonly title: string;
  /** Points to be had. */
  readonly points: number;
  /** Points earned, from 0 to `points`. */
  readonly score: number;
  /** `not run` only in a partial run. */
  readonly status: "passed" | "failed" | "not run";
  /** Why, in one line, for the student. */
  readonly reason: string;
  readonly hint: string;
  readonly tests: TestCounts;
}

/** The score of one project, by item: what the reporter prints and the proofs read. */
export interface GradeReport {
  readonly project: string;
  /** `self`: computed in the student's own process, which is feedback and not the grade. */
  readonly kind: "self" | "official";
  /** Points earned out of `points`; null for a partial run. */
  readonly score: number | null;
  readonly points: number;
  /** Why not all tests ran, e.g. `only names matching /2.1/`; null if all did. */
  readonly partial: string | null;
  readonly items: readonly ItemGrade[];
  /** Tests whose title names no item: they do not count. */
  readonly unscoredTests: number;
  /** Ids in test titles that the rubric lacks. */
  readonly unknownIds: readonly string[];
  /** Test files that could not be imported, from the project's folder. */
  readonly brokenFiles: readonly string[];
}
