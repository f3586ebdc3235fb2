/** A metric of a finished training run that must reach a threshold: exactly one of the two bounds. */
export interface MetricThreshold {
  /** Key in `summary.json`, `split/name`, e.g. `test/accuracy`. */
  readonly name: string;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

/** One graded part of an assignment. Without a metric, the tests that carry its id prove it. */
export interface RubricItem {
  /** Like "2.1": section and part, both from 1. Markers and test titles name it. */
  readonly id: string;
  readonly title: string;
  /** Above 0; the points of a rubric add up to 100. */
  readonly points: number;
  /** Shown to the student while the item is not passed. */
  readonly hint: string;
  readonly metric?: MetricThreshold | undefined;
}

export interface Rubric {
  /** Name of the project's folder and package. */
  readonly project: string;
  /** Paths or globs inside `src/`: the only files of a submission that count. */
  readonly editable: readonly string[];
  readonly items: readonly RubricItem[];
}

/** What the points of a rubric add up to. */
export const TOTAL_POINTS = 100;
