import { textWidth } from "./text.ts";

/** A place in px from the top left of the plot: of a point, or of the centre of a label. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface LabelledPoint extends Place {
  readonly label: string;
}

export interface PlacementOptions {
  readonly fontSize: number; // px
  readonly width: number; // px of the plot
  readonly height: number; // px
  /** Points that no label may cover, also those without a label. */
  readonly points: readonly Place[];
}

const POINT_RADIUS = 5; // px
const GAP = 1; // px between point and label
const LABEL_MARGIN = 4; // px of free room left and right of a label together

/**
 * Places where labels cover no point, no other label and stay inside the plot: the first free one
 * of right, left, above, below and the four corners; first come, first served. A label without a
 * free place is left out (`null`).
 */
export function placeLabels(labelled: readonly LabelledPoint[], options: PlacementOptions): (Place | null)[] {
  const plot = new Occupancy(options.width, options.height);
  for (const { x, y } of options.points) plot.take({ x, y }, 2 * POINT_RADIUS, 2 * POINT_RADIUS);
  return labelled.map(({ x, y, label }) => {
    const [width, height] = [textWidth(label, options.fontSize) + LABEL_MARGIN, options.fontSize + 1];
    const place = candidates(width, height)
      .map(([right, down]) => ({ x: x + right, y: y + down }))
      .find((candidate) => plot.isFree(candidate, width, height));
    if (place) plot.take(place, width, height);
    return place ?? null;
  });
}

/** Offsets of a label's centre from its point, the best first. */
function candidates(width: number, height: number): (readonly [right: number, down: number])[] {
  const right = width / 2 + POINT_RADIUS + GAP;
  const down = height / 2 + POINT_RADIUS + GAP;
  const corner = width / 2 + GAP;
  return [
    [right, 0],
    [-right, 0],
    [0, -down],
    [0, down],
    [corner, -down],
    [-corner, -down],
    [corner, down],
    [-corner, down],
  ];
}

/** Which pixels of the plot are taken. */
class Occupancy {
  readonly #width: number;
  readonly #height: number;
  readonly #taken: Uint8Array;

  constructor(width: number, height: number) {
    this.#width = Math.ceil(width);
    this.#height = Math.ceil(height);
    this.#taken = new Uint8Array(this.#width * this.#height);
  }

  /** Whether the rectangle around `centre` lies inside the plot and touches nothing taken. */
  isFree(centre: Place, width: number, height: number): boolean {
    const { left, top, right, bottom } = edges(centre, width, height);
    if (left < 0 || top < 0 || right > this.#width || bottom > this.#height) return false;
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) if (this.#taken[y * this.#width + x] === 1) return false;
    return true;
  }

  take(centre: Place, width: number, height: number): void {
    const { left, top, right, bottom } = edges(centre, width, height);
    for (let y = Math.max(0, top); y < Math.min(bottom, this.#height); y++)
      this.#taken.fill(
        1,
        y * this.#width + Math.max(0, left),
        y * this.#width + Math.max(0, Math.min(right, this.#width)),
      );
  }
}

function edges({ x, y }: Place, width: number, height: number) {
  return {
    left: Math.floor(x - width / 2),
    top: Math.floor(y - height / 2),
    right: Math.ceil(x + width / 2),
    bottom: Math.ceil(y + height / 2),
  };
}
