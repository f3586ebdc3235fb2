import { readFileSync } from "node:fs";

/** `golden/outcome.json`: what TensorBoard read from golden/run, and its buckets of some values. */
interface Outcome {
  readonly records: readonly {
    file: string;
    events: [what: string, step: number, wallTime: number, values: number][];
  }[];
  readonly dashboards: Readonly<Record<string, { plugin: string; points: Point[] }>>;
  readonly dataServer: Readonly<Record<string, Point[]>>;
  readonly scripts: { scalars: Readonly<Record<string, [step: number, value: number][]>> };
  readonly buckets: Readonly<
    Record<string, { values: number[]; buckets: [left: number, right: number, count: number][] }>
  >;
}

type Point = [step: number, wallTime: number, value: unknown];

export function readOutcome(): Outcome {
  return JSON.parse(readFileSync(new URL("golden/outcome.json", import.meta.url), "utf8")) as Outcome;
}
