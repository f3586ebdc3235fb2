import { join } from "node:path";
import type { Display } from "./display.ts";
import { writeJson } from "./files.ts";
import type { DatasetSummary } from "./summary.ts";
import { type SummaryRow, totalOf } from "./tools/model-summary/model-summary.ts";

export interface Dataset {
  readonly provenance: { name: string; source: string; sha256: string; isSubset: boolean };
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** Shows where the data came from; returns what the summary says of them. */
export function introduceDataset({ provenance, ...counts }: Dataset, display: Display): DatasetSummary {
  const { name, source, sha256, isSubset } = provenance;
  const { train, validation, test } = counts;
  const shown = Object.entries({ train, validation, test }).map(([split, n]) => `${n.toLocaleString("en")} ${split}`);
  display.header({ data: `${name} (${source}): ${shown.join(", ")}` });
  if (isSubset)
    display.warn(
      `${name}: the full data could not be reached; this is the subset in the repository, and the result is not comparable`,
    );
  return { name, source, sha256, isSubset, train, validation, test };
}

export interface ModelDescription {
  readonly parameters: number;
  /** What computes. */
  readonly backend?: string;
  /** From `summarizeModel(input, layers).rows`, or `layersOf(model)` of @course/tf. */
  readonly layers?: readonly SummaryRow[];
}

/** Shows how large the model is, and keeps its layers as `layers.json` for the report. */
export function introduceModel(
  model: ModelDescription,
  { folder, display }: { folder: string; display: Display },
): void {
  const { parameters, backend = "typed arrays", layers = [] } = model;
  const summary = totalOf(layers);
  const cost = layers.length > 0 ? ` (${summary.multiplyAdds.toLocaleString("en")} multiply-adds for an example)` : "";
  display.header({ parameters: `${parameters.toLocaleString("en")}${cost}`, backend });
  if (layers.length > 0) writeJson(join(folder, "layers.json"), summary);
}
