import { placeLabels } from "./label-placement.ts";
import { fractionAt, isDrawable, type Scale, valueAt } from "./scale.ts";
import { cleanText, shorten } from "./text.ts";

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  readonly label?: string | undefined;
  /** Points of one group share colour and shape; those without a group form one too. */
  readonly group?: string | undefined;
}

/** A drawable point; `series` is the index of its group, `run` separates stretches between gaps. */
export interface PlottedPoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly series: number;
  readonly run: string;
  readonly index: number;
}

export interface ScatterFrame {
  readonly xScale: Scale;
  readonly yScale: Scale;
  readonly width: number; // px
  readonly height: number; // px
}

export const LABEL_SIZE = 11; // px
const LONGEST_LABEL = 160; // px
const MANY_POINTS = 2000; // from here on a point that hides behind another is left out

/** The drawable points, with their group's place in `groups`. */
export function plottedPoints(
  points: readonly ScatterPoint[],
  groups: readonly string[],
  log: LogAxes,
): PlottedPoint[] {
  const seriesOf = new Map(groups.map((group, series) => [group, series]));
  const gaps = groups.map(() => 0);
  return points.flatMap(({ x, y, label = "", group = "" }, index) => {
    const series = seriesOf.get(group)!;
    const text = shorten(cleanText(label), LABEL_SIZE, LONGEST_LABEL);
    if (isDrawable(x, log.x) && isDrawable(y, log.y))
      return [{ x, y, label: text, series, run: `${series}/${gaps[series]}`, index }];
    gaps[series]!++;
    return [];
  });
}

interface LogAxes {
  readonly x: boolean;
  readonly y: boolean;
}

/** Of many points, one for each group and half pixel. */
export function withoutHidden(points: readonly PlottedPoint[], frame: ScatterFrame): readonly PlottedPoint[] {
  if (points.length < MANY_POINTS) return points;
  const seen = new Set<string>();
  return points.filter((point) => {
    const place = placeOf(point, frame);
    return !seen.has(place) && seen.add(place);
  });
}

/** Of a trajectory of many points, those that take it to another half pixel. */
export function withoutRests(points: readonly PlottedPoint[], frame: ScatterFrame): readonly PlottedPoint[] {
  if (points.length < MANY_POINTS) return points;
  const lastPlace = new Map<string, string>();
  return points.filter((point) => {
    const place = placeOf(point, frame);
    const moves = lastPlace.get(point.run) !== place;
    lastPlace.set(point.run, place);
    return moves;
  });
}

/** Group and half pixel. */
function placeOf(point: PlottedPoint, frame: ScatterFrame): string {
  const { x, y } = pixelOf(point, frame);
  return `${point.series} ${Math.round(2 * x)} ${Math.round(2 * y)}`;
}

/** Labels with the value coordinates of their centres, and how many found no place. */
export function placePointLabels(points: readonly PlottedPoint[], frame: ScatterFrame) {
  const labelled = points.filter(({ label }) => label !== "");
  const places = placeLabels(
    labelled.map((point) => ({ ...pixelOf(point, frame), label: point.label })),
    { ...frame, fontSize: LABEL_SIZE, points: points.map((point) => pixelOf(point, frame)) },
  );
  const labels = labelled.flatMap(({ label }, i) => {
    const place = places[i];
    if (!place) return [];
    const x = valueAt(frame.xScale, place.x / frame.width);
    return [{ x, y: valueAt(frame.yScale, 1 - place.y / frame.height), label }];
  });
  return { labels, leftOut: labelled.length - labels.length };
}

function pixelOf({ x, y }: PlottedPoint, { xScale, yScale, width, height }: ScatterFrame) {
  return { x: fractionAt(xScale, x) * width, y: (1 - fractionAt(yScale, y)) * height };
}
