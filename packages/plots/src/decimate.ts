/** A stretch of consecutive points, `end` not included. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** The longest stretches of points that can all be drawn; between them a line has a gap. */
export function drawableRuns(count: number, isDrawn: (index: number) => boolean): Run[] {
  const runs: Run[] = [];
  let start = 0;
  for (let i = 0; i <= count; i++) {
    if (i < count && isDrawn(i)) continue;
    if (i > start) runs.push({ start, end: i });
    start = i + 1;
  }
  return runs;
}

/**
 * The points that a line needs to look the same: of all consecutive points in one pixel column the
 * first, the last, and those where a curve is lowest and highest (M4; Jugel et al., 2014). Runs
 * with few points stay whole.
 *
 * @param columnOf pixel column of a point.
 * @param curves values by point index whose extremes must survive: y, and the interval's ends.
 * @returns indices in ascending order.
 */
export function decimate({ start, end }: Run, columnOf: (index: number) => number, curves: Curves): number[] {
  const kept: number[] = [];
  for (let from = start; from < end; ) {
    const column = columnOf(from);
    let to = from + 1;
    while (to < end && columnOf(to) === column) to++;
    kept.push(...extremes(from, to, curves));
    from = to;
  }
  return kept;
}

type Curves = readonly ArrayLike<number>[];

function extremes(from: number, to: number, curves: Curves): number[] {
  const indices = new Set([from, to - 1]);
  for (const curve of curves) {
    let [lowest, highest] = [from, from];
    for (let i = from + 1; i < to; i++) {
      if (curve[i]! < curve[lowest]!) lowest = i;
      if (curve[i]! > curve[highest]!) highest = i;
    }
    indices.add(lowest).add(highest);
  }
  return [...indices].sort((a, b) => a - b);
}
