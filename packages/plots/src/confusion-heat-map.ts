import { assertShape } from "@course/core";
import { formatNumber } from "./format.ts";
import { heatMap } from "./heat-map.ts";
import { cellLayout } from "./heat-map-cells.ts";

export interface ConfusionHeatMapOptions {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** [numClasses] */
  readonly classes: readonly string[];
  /** As `confusionMatrix` of @course/metrics has it: `counts[actual * numClasses + predicted]`. */
  readonly confusion: { readonly numClasses: number; readonly counts: ArrayLike<number> };
}

/**
 * How often each class was taken for each: a row for each true, a column for each predicted class.
 * A cell holds the count and its share of the row, in [0, 1], which the colour shows too; one
 * without examples holds nothing. The row of a class without examples stays empty.
 *
 * @throws ShapeError if there are not numClasses names and numClasses² counts.
 */
export async function confusionHeatMap(options: ConfusionHeatMapOptions): Promise<string> {
  const { title, subtitle, classes, confusion } = options;
  const { numClasses, counts } = confusion;
  assertShape("confusionHeatMap classes", [classes.length], { numClasses });
  assertShape("confusionHeatMap counts", [counts.length], { "numClasses²": numClasses ** 2 });
  const rows = classes.map((_, actual) =>
    Array.from(classes, (_, predicted) => counts[actual * numClasses + predicted]!),
  );
  const shares = rows.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => count / total);
  });
  const texts = rows.map((row, actual) => row.map((count, predicted) => cellText(count, shares[actual]![predicted]!)));
  return heatMap({
    title,
    subtitle: subtitle ?? NOTES[cellLayout(texts, numClasses).lines],
    rows: classes,
    columns: classes,
    values: shares,
    domain: [0, 1],
    texts,
    xLabel: "predicted class",
    yLabel: "true class",
    valueLabel: "share of the true class",
  });
}

/** By the lines of text in each cell. */
const NOTES = [
  "",
  "number of examples; an empty cell is none",
  "number of examples and their share of the true class; an empty cell is none",
] as const;

function cellText(count: number, share: number): string[] {
  if (count === 0) return [];
  return [formatNumber(count), share < 0.005 ? "<0.01" : share.toFixed(2)];
}
