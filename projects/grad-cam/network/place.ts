import type { tf } from "@course/tf";
import type { Layer } from "../src/feature-maps.ts";

/** Entry (r, c) of a map lies at pixel (first + step·r, first + step·c), both [down, right]. */
export interface Place {
  readonly step: readonly [number, number];
  readonly first: readonly [number, number];
}

interface Window {
  readonly kernelSize?: number | number[];
  readonly poolSize?: number | number[];
  readonly dilationRate?: number | number[];
  readonly strides?: number | number[];
  readonly padding?: string;
}

/** Layers that leave every place where it is. */
const IN_PLACE =
  /^(InputLayer|Activation|ReLU|LeakyReLU|ELU|PReLU|ThresholdedReLU|BatchNormalization|Dropout|SeededDropout)$/;
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
  const dilation = pair(config.dilationRate); // pixels from one entry of the kernel to the next
  const inset = (axis: 0 | 1) =>
    config.padding === "same" ? (strides[axis] - 1) / 2 : ((size[axis] - 1) * dilation[axis]) / 2;
  return {
    step: [step[0] * strides[0], step[1] * strides[1]],
    first: [first[0] + step[0] * inset(0), first[1] + step[1] * inset(1)],
  };
}
