import { layerCost } from "./layer-cost.ts";
import type { LayerCost, LayerDescription, Shape } from "./layers.ts";

export interface SummaryRow extends Omit<Required<LayerCost>, "outputShape"> {
  readonly name: string;
  /** null is a size that the model leaves open, such as the length of a text. */
  readonly outputShape: readonly (number | null)[];
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
      const cost = layerCost(layer, shape);
      rows.push({ name, ...cost });
      shape = cost.outputShape;
    } catch (error) {
      (error as Error).message = `layer ${i + 1} (${name}): ${(error as Error).message}`;
      throw error;
    }
  }
  return totalOf(rows);
}

/** The totals of rows made by `layerCost`, for a network that is not a sequence. */
export function totalOf(rows: readonly SummaryRow[]): ModelSummary {
  const total = (key: "parameters" | "trainable" | "multiplyAdds") => rows.reduce((sum, row) => sum + row[key], 0);
  return { rows, parameters: total("parameters"), trainable: total("trainable"), multiplyAdds: total("multiplyAdds") };
}

/** The summary as cells of text: a header, a row a layer, and the totals. */
export function summaryCells({ rows, parameters, multiplyAdds }: ModelSummary): string[][] {
  return [
    ["layer", "output", "parameters", "multiply-adds"],
    ...rows.map((row) => [row.name, sizes(row.outputShape), count(row.parameters), count(row.multiplyAdds)]),
    ["total", "", count(parameters), count(multiplyAdds)],
  ];
}

/** The summary as a table of text, numbers aligned on the right. */
export function formatModelSummary(summary: ModelSummary): string {
  const { parameters, trainable } = summary;
  const table = summaryCells(summary);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "),
  );
  const rule = "─".repeat(lines[0]!.length);
  const note = trainable === parameters ? [] : [`${count(trainable)} of the parameters are trained`];
  return [lines[0], rule, ...lines.slice(1, -1), rule, lines.at(-1), ...note].join("\n");
}

function sizes(shape: SummaryRow["outputShape"]): string {
  return shape.map((size) => size ?? "any").join(" × ");
}

function count(value: number): string {
  return value.toLocaleString("en");
}
