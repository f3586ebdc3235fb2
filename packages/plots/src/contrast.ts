/** sRGB channels in [0, 1]. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Channels of a `#rrggbb` colour.
 *
 * @throws RangeError for any other notation.
 */
export function parseColor(color: string): Rgb {
  if (!/^#[0-9a-f]{6}$/i.test(color)) throw new RangeError(`parseColor: expected #rrggbb, received "${color}"`);
  const channel = (start: number) => Number.parseInt(color.slice(start, start + 2), 16) / 255;
  return [channel(1), channel(3), channel(5)];
}

/** Light intensity of one sRGB channel, both in [0, 1] (IEC 61966-2-1). */
export function linearChannel(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

/** Relative luminance in [0, 1]: 0 for black, 1 for white (WCAG 2.2). */
export function luminance(color: Rgb): number {
  const [red, green, blue] = color.map(linearChannel);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio in [1, 21] of two colours; the order does not matter (WCAG 2.2). */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((p, q) => p - q);
  return (light + 0.05) / (dark + 0.05);
}

/** `color` painted with this opacity in [0, 1] on `background`. */
export function blend(color: Rgb, background: Rgb, opacity: number): Rgb {
  const mix = (i: 0 | 1 | 2) => opacity * color[i] + (1 - opacity) * background[i];
  return [mix(0), mix(1), mix(2)];
}
