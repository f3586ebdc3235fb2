import { UserError } from "@course/core";
import type { Architecture, Config } from "./config.ts";

type Window = Pick<Config, "kernel" | "stride" | "padding">;

/**
 * How many places a window has along `length` pixels; below 1 if it does not fit. `valid`: it stays
 * inside. `same`: zeros around the image, so that stride 1 keeps the length.
 */
export function outputLength(length: number, { kernel, stride, padding }: Window): number {
  // #solution 1.1 return the number of places, for both paddings
  return padding === "same" ? Math.ceil(length / stride) : Math.floor((length - kernel) / stride) + 1;
  // #end
}

/** [height, width, channels] after each convolution with its pooling. @throws UserError where a window does not fit. */
export function featureMaps(architecture: Architecture): [height: number, width: number, channels: number][] {
  const pool: Window = { kernel: 2, stride: 2, padding: "valid" };
  let [height, width]: readonly number[] = architecture.inputShape;
  return architecture.features.map((filters, i) => {
    const windows = architecture.pooling === "none" ? [architecture] : [architecture, pool];
    for (const window of windows) {
      const before = `[${height}, ${width}]`;
      [height, width] = [outputLength(height, window), outputLength(width, window)];
      if (height >= 1 && width >= 1) continue;
      const what = `${window === pool ? "pooling" : "convolution"} ${i + 1}`;
      throw new UserError(
        `${what}: a window of ${window.kernel}×${window.kernel} does not fit into ${before} pixels (smaller --kernel or --stride, or --padding same?)`,
      );
    }
    return [height, width, filters];
  });
}

/** All numbers in the network: weights, biases, and four for each channel that batch norm works on. */
export function countParameters(architecture: Architecture): number {
  const { inputShape, numClasses, features, kernel, hidden, batchNorm } = architecture;
  const [height, width, channels] = featureMaps(architecture).at(-1) ?? inputShape;
  let count = 0;
  // #solution 1.2 add up the convolutions (and batch norm's), the hidden layer and the last one
  features.forEach((filters, i) => {
    const channelsBefore = i === 0 ? inputShape[2] : features[i - 1];
    count += (kernel ** 2 * channelsBefore + 1) * filters + (batchNorm ? 4 * filters : 0);
  });
  count += (height * width * channels + 1) * hidden;
  count += (hidden + 1) * numClasses;
  // #end
  return count;
}
