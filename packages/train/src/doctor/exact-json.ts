/** JSON that keeps NaN and infinities, which plain JSON turns into null. */
export function toExactJson(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    typeof one === "number" && !Number.isFinite(one) ? { notFinite: String(one) } : one,
  );
}

/** The value again, as given to `toExactJson`. */
export function fromExactJson(text: string): unknown {
  return JSON.parse(text, (_, one) => (isNotFinite(one) ? Number(one.notFinite) : one));
}

function isNotFinite(value: unknown): value is { notFinite: string } {
  return typeof value === "object" && value !== null && "notFinite" in value;
}
