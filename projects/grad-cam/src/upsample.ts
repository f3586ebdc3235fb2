import type { Place } from "../network/place.ts";

interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly height: number;
  readonly width: number;
  readonly place: Place;
}

/** maps [batch, rows, columns] → [batch, height, width]: linear between entries, beyond the outer ones as they are. */
export function upsample(maps: Float32Array, { rows, columns, height, width, place }: Grid): Float32Array {
  const batch = maps.length / (rows * columns);
  const result = new Float32Array(batch * height * width);
  const [down, right] = [neighbours(height, rows, place, 0), neighbours(width, columns, place, 1)];
  for (let image = 0; image < batch; image++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const entry = (r: number, c: number) => maps[(image * rows + r) * columns + c];
        const [top, bottom, below] = down[y];
        const [left, rightmost, beside] = right[x];
        let value = 0;
        // #solution 2.3 mix the four entries around the pixel: below and beside are shares of the further ones
        const upper = (1 - beside) * entry(top, left) + beside * entry(top, rightmost);
        const lower = (1 - beside) * entry(bottom, left) + beside * entry(bottom, rightmost);
        value = (1 - below) * upper + below * lower;
        // #end
        result[(image * height + y) * width + x] = value;
      }
  return result;
}

/** Of each pixel along an axis: the entries before and after it, and how much of the way to the second it is. */
function neighbours(pixels: number, entries: number, { step, first }: Place, axis: 0 | 1) {
  return Array.from({ length: pixels }, (_, pixel): [before: number, after: number, share: number] => {
    const position = Math.min(Math.max((pixel - first[axis]) / step[axis], 0), entries - 1);
    const before = Math.floor(position);
    return [before, Math.min(before + 1, entries - 1), position - before];
  });
}
