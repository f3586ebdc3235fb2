import { sizeOf } from "@course/core";
import type { Convolution, LayerCost, Padding, Shape } from "./layers.ts";

interface Window {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly padding: Padding;
}

/** x [height, width, channels] → y [height′, width′, filters] */
export function convCost(input: Shape, filters: number, convolution: Convolution): LayerCost {
  const channels = input[2]!;
  return kernelCost(input, convolution, { filters, weights: sizeOf(convolution.kernel) * channels * filters });
}

/** x [height, width, channels] → y [height′, width′, channels · multiplier] */
export function depthwiseCost(input: Shape, multiplier: number, convolution: Convolution): LayerCost {
  const filters = input[2]! * multiplier;
  return kernelCost(input, convolution, { filters, weights: sizeOf(convolution.kernel) * filters });
}

/** Every weight is used once at every place of the output. */
function kernelCost(
  input: Shape,
  { kernel, strides = [1, 1], padding = "valid", dilation = [1, 1], bias = true }: Convolution,
  { filters, weights }: { filters: number; weights: number },
): LayerCost {
  const size = [(kernel[0] - 1) * dilation[0] + 1, (kernel[1] - 1) * dilation[1] + 1] as const;
  const [height, width] = slide(input, { size, strides, padding });
  return {
    outputShape: [height, width, filters],
    parameters: weights + (bias ? filters : 0),
    multiplyAdds: weights * height * width,
  };
}

/** x [height, width, channels] → y [height′, width′, channels] */
export function poolCost(input: Shape, window: Window): LayerCost {
  return { outputShape: [...slide(input, window), input[2]!], parameters: 0, multiplyAdds: 0 };
}

/** Places of a window along height and width. @throws RangeError if there is none. */
function slide([height, width]: Shape, { size, strides, padding }: Window): [height: number, width: number] {
  const places = ([height!, width!] as const).map((length, axis) =>
    padding === "same" ? Math.ceil(length / strides[axis]!) : Math.floor((length - size[axis]!) / strides[axis]!) + 1,
  );
  if (places.some((count) => count < 1))
    throw new RangeError(
      `a window of [${size.join(", ")}] does not fit into an image of [${height}, ${width}] without padding`,
    );
  return places as [number, number];
}
