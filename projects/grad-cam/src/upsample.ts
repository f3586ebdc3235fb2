import type { tf } from "@course/tf";
import type { Layer } from "./feature-maps.ts";

/** Entry (r, c) of a map lies at pixel (first + step·r, first + step·c), both [down, right]. */
export interface Place {
  readonly step: readonly [number, number];
  readonly first: readonly [number, number];
}

interface Window {
  readonly kernelSize?: number | number[];
  readonly poolSize?: number | number[];
  readonly strides?: number | number[];
  readonly padding?: string;
}

/** Layers that leave every place where it is. */
const IN_PLACE = /^(InputLayer|Activation|ReLU|LeakyReLU|BatchNormalization|Dropout|SeededDropout)$/;
const WINDOW = /^(Conv2D|MaxPooling2D|AveragePooling2D)$/;

/**
 * Where a layer's map lies on the image: a window without padding begins half a kernel inside, and a
 * map stretched over the whole image would be off by that. For a chain of convolutions and poolings
 * exact (but for the half pixel by which `same` may be uneven); for other networks the map is stretched.
 *
 * @param stretch pixels for each entry, [down, right]
 */
export function placeOf(model: tf.LayersModel, layer: Layer, stretch: readonly [number, number]): Place {
  const whole: Place = { step: stretch, first: [(stretch[0] - 1) / 2, (stretch[1] - 1) / 2] };
  let place: Place = { step: [1, 1], first: [0, 0] };
  if (model.getClassName() !== "Sequential") return whole;
  for (const each of model.layers) {
    const name = each.getClassName();
    if (WINDOW.test(name)) place = afterWindow(place, each.getConfig() as unknown as Window);
    else if (!IN_PLACE.test(name)) return whole;
    if (each === layer) break;
  }
  return place;
}

function afterWindow({ step, first }: Place, config: Window): Place {
  const pair = (value: number | number[] | undefined) =>
    [value ?? 1]
      .flat()
      .concat([value ?? 1].flat())
      .slice(0, 2);
  const [size, strides] = [pair(config.kernelSize ?? config.poolSize), pair(config.strides)];
  const inset = (axis: 0 | 1) => (config.padding === "same" ? (strides[axis] - 1) / 2 : (size[axis] - 1) / 2);
  return {
    step: [step[0] * strides[0], step[1] * strides[1]],
    first: [first[0] + step[0] * inset(0), first[1] + step[1] * inset(1)],
  };
}

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
