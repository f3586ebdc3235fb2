import { layerCost } from "./layer-cost.ts";
import type { LayerCost, LayerDescription, Shape } from "./layers.ts";

export interface SummaryRow extends Required<LayerCost> {
  readonly name: string;
}

export interface ModelSummary {
  readonly rows: readonly SummaryRow[];
  readonly parameters: number;
  readonly trainable: number;
  /** For one example, forward. */
  readonly multiplyAdds: number;
}

/**
 * Shapes, parameters and multiply-adds of layers in sequence.
 *
 * @param input sizes of one example: [height, width, channels], [length, features] or [features].
 * @throws ShapeError or RangeError that names the first layer that cannot take its input.
 */
export function summarizeModel(
  input: Shape,
  layers: readonly (LayerDescription & { readonly name?: string })[],
): ModelSummary {
  const rows: SummaryRow[] = [];
  let shape = input;
  for (const [i, layer] of layers.entries()) {
    const name = layer.name ?? layer.kind;
    try {
      rows.push({ name, ...layerCost(layer, shape) });
    } catch (error) {
      (error as Error).message = `layer ${i + 1} (${name}): ${(error as Error).message}`;
      throw error;
    }
    shape = rows.at(-1)!.outputShape;
  }
  return totalOf(rows);
}

/** The totals of rows made by `layerCost`, for a network that is not a sequence. */
export function totalOf(rows: readonly SummaryRow[]): ModelSummary {
  const total = (key: "parameters" | "trainable" | "multiplyAdds") => rows.reduce((sum, row) => sum + row[key], 0);
  return { rows, parameters: total("parameters"), trainable: total("trainable"), multiplyAdds: total("multiplyAdds") };
}

/** The summary as a table of text, numbers aligned on the right. */
export function formatModelSummary({ rows, parameters, trainable, multiplyAdds }: ModelSummary): string {
  const table = [
    ["layer", "output", "parameters", "multiply-adds"],
    ...rows.map((row) => [row.name, row.outputShape.join(" × "), count(row.parameters), count(row.multiplyAdds)]),
    ["total", "", count(parameters), count(multiplyAdds)],
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "),
  );
  const rule = "─".repeat(lines[0]!.length);
  const note = trainable === parameters ? [] : [`${count(trainable)} of the parameters are trained`];
  return [lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1), ...note].join("\n");
}

function count(value: number): string {
  return value.toLocaleString("en");
}
