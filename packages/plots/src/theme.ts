/**
 * How figures look on light and dark pages.
 *
 * Text, axes and grid are drawn in `currentColor`. In an HTML page a figure therefore takes the
 * page's own text colour; as a file of its own it follows `prefers-color-scheme`. The background
 * stays transparent. Data colours are the same on both: each has a contrast of at least 3:1
 * against both backgrounds (WCAG 2.2, 1.4.11).
 */
export const THEMES = {
  light: { background: "#ffffff", ink: "#1f2328" },
  dark: { background: "#0d1117", ink: "#e6edf3" },
} as const;

/** Colour of text and axes: the page's own, or the theme's where the figure stands alone. */
export const INK = "currentColor";

export type Theme = keyof typeof THEMES;

/**
 * Colours of series and groups, in order of use. The first four come from Okabe and Ito (2008) and
 * stay apart for protanopia, deuteranopia and tritanopia; so do the last four among themselves,
 * which is why a series' dash changes with every four (`seriesDash`) and a group's shape with
 * every one (`seriesShape`).
 */
export const PALETTE = [
  "#0072b2", // blue
  "#d55e00", // vermillion
  "#009e73", // bluish green
  "#cc79a7", // reddish purple
  "#807020", // olive
  "#7888f0", // periwinkle
  "#c028a0", // magenta
  "#6848f8", // indigo
] as const;

/** Never the only sign: a caption has a tick or a cross too, a box its line style. */
export const TONE_COLORS = { good: "#009e73", bad: "#d55e00" } as const;

/** Dash lengths in px. */
export const SOLID: readonly number[] = [1, 0];
export const DASHED: readonly number[] = [6, 3];
const DASHES = [SOLID, DASHED, [2, 2], [8, 3, 2, 3]] as const;
const SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"] as const;

/** Colour of the series with this index; colours repeat after eight. */
export function seriesColor(index: number): string {
  return PALETTE[index % PALETTE.length]!;
}

/** Dash of the series with this index: a new one every four series. */
export function seriesDash(index: number): readonly number[] {
  return DASHES[Math.floor(index / 4) % DASHES.length]!;
}

/** Vega's name of the marker of this group; six shapes against eight colours: 24 distinct groups. */
export function seriesShape(index: number): string {
  return SHAPES[index % SHAPES.length]!;
}
