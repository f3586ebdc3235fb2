/** A number for people: four significant digits, thousands apart, `1.2e-5` for what is tiny or huge. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (Number.isInteger(value) && size < 1e7) return sign + groupThousands(size);
  if (size < 1e-3 || size >= 1e7) return sign + trimZeros(size.toExponential(2)).replace("+", "");
  return sign + (size >= 1e3 ? groupThousands(Math.round(size)) : trimZeros(size.toPrecision(4)));
}

function groupThousands(integer: number): string {
  return String(integer).replace(/\B(?=(\d{3})+$)/g, ",");
}

function trimZeros(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+(?=e|$)/, "") : digits;
}

/**
 * Numbers for people that stand side by side: with the same count of decimals where that serves all
 * of them, else each as `formatNumber` has it.
 */
export function formatAlike(values: readonly number[]): string[] {
  const alone = values.map(formatNumber);
  const finite = values.filter(Number.isFinite);
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const most = alone.reduce((digits, text) => Math.max(digits, text.split(".")[1]?.length ?? 0), 0);
  const decimals = Math.min(most, Math.max(0, 3 - Math.floor(Math.log10(largest))));
  const isLost = (value: number) => value !== 0 && Number(value.toFixed(decimals)) === 0;
  if (decimals === 0 || !(largest < 1000) || alone.some((text) => text.includes("e")) || finite.some(isLost))
    return alone;
  return values.map((value, i) => (Number.isFinite(value) ? value.toFixed(decimals).replace("-", "−") : alone[i]!));
}
