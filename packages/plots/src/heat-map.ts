import { assertShape } from "@course/core";
import { assertNotEmpty } from "./checks.ts";
import { formatAlike } from "./format.ts";
import { cellLayers, cellLayout, cells, nameChannel } from "./heat-map-cells.ts";
import { colorScale } from "./heat-map-color.ts";
import { type ChartSpec, renderChart } from "./vega.ts";

export interface HeatMapOptions {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Names from top to bottom. */
  readonly rows: readonly string[];
  /** Names from left to right. */
  readonly columns: readonly string[];
  /** [rows, columns] */
  readonly values: readonly ArrayLike<number>[];
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  /** Stands above the colour scale and names the unit: `time (s)`. */
  readonly valueLabel?: string | undefined;
  /** Values of the palest and the fullest colour, in place of the lowest and the highest. */
  readonly domain?: readonly [low: number, high: number] | undefined;
  /** [rows, columns] up to two lines for each cell; by default its value in figures. */
  readonly texts?: readonly (readonly (readonly string[])[])[] | undefined;
}

/**
 * A table of coloured cells with their values. A cell with NaN or ±Infinity stays empty. Where
 * cells are too small the second line of their texts is left out, then the first; a colour scale
 * then says what the colours mean.
 *
 * @throws RangeError without rows or columns, or where no value is finite; ShapeError if `values`
 * or `texts` are not [rows, columns].
 */
export async function heatMap(options: HeatMapOptions): Promise<string> {
  const { title, subtitle, rows, columns, values, xLabel = "", yLabel = "" } = options;
  assertNotEmpty("heatMap rows", rows);
  assertNotEmpty("heatMap columns", columns);
  assertTable("heatMap values", values, options);
  const texts = options.texts ?? valueTexts(values);
  assertTable("heatMap texts", texts, options);
  const layout = cellLayout(texts, Math.max(rows.length, columns.length));
  const [width, height] = [layout.size * columns.length, layout.size * rows.length];
  const spec: ChartSpec = {
    width,
    height,
    data: { values: cells(values, texts) },
    encoding: {
      x: nameChannel("column", columns, { label: xLabel, length: width, room: layout.size }),
      y: nameChannel("row", rows, { label: yLabel, length: height }),
    },
    layer: cellLayers({
      ...options,
      ...layout,
      height,
      colors: colorScale(
        values.flatMap((row) => Array.from(row)),
        options.domain,
      ),
    }),
  };
  const description = `Heat map of ${rows.length} rows (${rows.join(", ")}) and ${columns.length} columns (${columns.join(", ")})`;
  return renderChart(spec, { title, subtitle, description });
}

function assertTable(what: string, table: readonly ArrayLike<unknown>[], { rows, columns }: HeatMapOptions): void {
  assertShape(what, [table.length], { rows: rows.length });
  table.forEach((row, i) => {
    assertShape(`${what} of row "${rows[i]}"`, [row.length], { columns: columns.length });
  });
}

function valueTexts(values: readonly ArrayLike<number>[]): string[][][] {
  const texts = formatAlike(values.flatMap((row) => Array.from(row)));
  let next = 0;
  return values.map((row) => Array.from(row, () => [texts[next++]!]));
}
