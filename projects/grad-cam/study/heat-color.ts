/** Black through purple and orange to pale yellow: brightness rises with the value, so it reads without colour too. */
const STOPS: readonly (readonly [number, number, number])[] = [
  [0, 0, 4],
  [87, 16, 110],
  [188, 55, 84],
  [249, 142, 9],
  [252, 255, 164],
];

/** A value in [0, 1] → red, green, blue in 0–255, linear between the stops ("inferno" of van der Walt & Smith, thinned out). */
export function heatColor(value: number): [red: number, green: number, blue: number] {
  const position = Math.min(Math.max(value, 0), 1) * (STOPS.length - 1);
  const before = Math.min(Math.floor(position), STOPS.length - 2);
  const mix = (channel: 0 | 1 | 2) =>
    STOPS[before][channel] + (position - before) * (STOPS[before + 1][channel] - STOPS[before][channel]);
  return [mix(0), mix(1), mix(2)];
}
