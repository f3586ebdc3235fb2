import { type Bar, barLayers } from "./bar-layers.ts";
import { assertNotEmpty } from "./checks.ts";
import { formatNumber } from "./format.ts";
import { cleanText, textWidth } from "./text.ts";
import { type ChartSpec, renderChart } from "./vega.ts";

export interface BarChartOptions {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Names the unit: `time (s)`. */
  readonly yLabel: string;
  readonly bars: readonly Bar[];
  /**
   * Bars start at zero, so that their lengths compare. With `false` the axis spans the values only
   * and dots take the place of bars, whose lengths would mislead.
   */
  readonly fromZero?: boolean | undefined;
  readonly width?: number | undefined; // px of the plot without its axes
  readonly height?: number | undefined; // px, for upright bars only
}

/**
 * Bars, or dots, with optional intervals and their values in figures. They stand upright where all
 * names fit below them, else they lie, each on a line of its own. A value of NaN or ±Infinity has
 * no bar and says so; an interval with such an end is not drawn.
 *
 * @throws RangeError without bars, or where no value is finite.
 */
export async function barChart(options: BarChartOptions): Promise<string> {
  const { title, subtitle, yLabel, bars, fromZero = true, width = 480, height = 280 } = options;
  assertNotEmpty("barChart bars", bars);
  if (!bars.some(({ value }) => Number.isFinite(value)))
    throw new RangeError(
      `barChart bars: expected a finite value, received ${bars.map(({ value }) => value).join(", ")}`,
    );
  const isUpright = fitsUpright(bars, width);
  const spec: ChartSpec = {
    width,
    height: isUpright ? height : { step: LINE_HEIGHT },
    layer: barLayers(bars, { label: yLabel, fromZero, isUpright, length: isUpright ? height : width }),
  };
  const description = `Bar chart of ${yLabel}: ${bars.map(({ name, value }) => `${name} ${formatNumber(value)}`).join(", ")}`;
  return renderChart(spec, { title, subtitle, description });
}

const LINE_HEIGHT = 30; // px of one lying bar with its gap
const FONT_SIZE = 11;

function fitsUpright(bars: readonly Bar[], width: number): boolean {
  const room = width / bars.length - 10;
  return bars.every(({ name, value }) =>
    [name, formatNumber(value)].every((text) => textWidth(cleanText(text), FONT_SIZE) <= room),
  );
}
