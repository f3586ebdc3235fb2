/**
 * y += Σ factors[k] · row rows[k] of x, four rows at a time: y is then read and written a quarter as often.
 *
 * @param y [at most width]: so many numbers of each row are added
 * @param x [any, width] flattened
 */
export function addRows(
  y: Float64Array,
  x: Float64Array,
  { rows, factors, width }: { rows: Int32Array; factors: Float64Array; width: number },
): void {
  let k = 0;
  for (; k + 4 <= rows.length; k += 4) {
    const [a, b, c, d] = [factors[k]!, factors[k + 1]!, factors[k + 2]!, factors[k + 3]!];
    const xa = rows[k]! * width;
    const xb = rows[k + 1]! * width;
    const xc = rows[k + 2]! * width;
    const xd = rows[k + 3]! * width;
    for (let i = 0; i < y.length; i++) y[i]! += a * x[xa + i]! + b * x[xb + i]! + c * x[xc + i]! + d * x[xd + i]!;
  }
  for (; k < rows.length; k++) {
    const factor = factors[k]!;
    const from = rows[k]! * width;
    for (let i = 0; i < y.length; i++) y[i]! += factor * x[from + i]!;
  }
}
