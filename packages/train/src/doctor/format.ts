import { formatNumber } from "../display.ts";

export { formatNumber as number };

/** 0.254 → `25 %`. For sentences only: fractions stay in [0, 1] everywhere else. */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(fraction < 0.1 ? 1 : 0)} %`;
}
