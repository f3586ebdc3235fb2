import { parseColor } from "./contrast.ts";
import { PALETTE } from "./theme.ts";

/**
 * Cells are painted with an opacity that grows with the value, so they start from the page's own
 * background, light or dark. At most this much: text in the page's ink keeps a contrast of 4.5:1
 * on every cell in both themes (WCAG 2.2, 1.4.3).
 */
export const FULLEST = 0.72;
export const PALEST = 0.06;

export interface ColorScale {
  readonly domain: readonly number[];
  readonly range: readonly string[];
}

/**
 * Blue from the lowest to the highest value; where some lie below zero, vermillion below and blue
 * above zero, equally full at equal distance. NaN and ±Infinity have no part in it.
 *
 * @param domain values of the palest and the fullest colour, in place of those of the data.
 * @throws RangeError if no value is finite and no domain is given.
 */
export function colorScale(values: readonly number[], domain?: readonly [number, number]): ColorScale {
  const finite = values.filter(Number.isFinite);
  if (domain === undefined && finite.length === 0)
    throw new RangeError("heatMap values: expected a finite one, received none");
  const [low, high] = domain ?? [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  const [below, above] = [PALETTE[1], PALETTE[0]];
  if (low < 0) {
    const far = Math.max(-low, high);
    return {
      domain: [-far, -1e-6 * far, 1e-6 * far, far], // two colours meet at zero
      range: [paint(below, FULLEST), paint(below, PALEST), paint(above, PALEST), paint(above, FULLEST)],
    };
  }
  return { domain: [low, high > low ? high : low + 1], range: [paint(above, PALEST), paint(above, FULLEST)] };
}

function paint(color: string, opacity: number): string {
  return `rgba(${parseColor(color).map((channel) => Math.round(255 * channel))},${opacity})`;
}
