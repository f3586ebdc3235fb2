const LEAST_T = 4; // a slope nearer to zero than four standard errors may be noise: many windows are looked at

/**
 * Index at which `values` fall steepest: the middle of the window of 2·reach + 1 values whose
 * least-squares line has the most negative slope, so that noise does not decide. Null if no window
 * falls by more than its own noise, or there is no whole window.
 */
export function steepestDescent(values: readonly number[], reach: number): number | null {
  let steepest = 0;
  let index: number | null = null;
  for (let i = reach; i < values.length - reach; i++) {
    const { slope, standardError } = fitLine(values.slice(i - reach, i + reach + 1));
    if (slope >= steepest || -slope < LEAST_T * standardError) continue;
    steepest = slope;
    index = i;
  }
  return index;
}

/** Least-squares line through an odd number of values, one unit apart. */
function fitLine(values: readonly number[]): { slope: number; standardError: number } {
  const reach = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let sumXX = 0;
  let sumXY = 0;
  let sumYY = 0;
  for (const [i, value] of values.entries()) {
    const x = i - reach;
    sumXX += x * x;
    sumXY += x * (value - mean);
    sumYY += (value - mean) ** 2;
  }
  const slope = sumXY / sumXX;
  const residual = Math.max(0, sumYY - slope * sumXY);
  return { slope, standardError: Math.sqrt(residual / (values.length - 2) / sumXX) };
}
