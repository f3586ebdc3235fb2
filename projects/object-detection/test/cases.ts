import { createRandom } from "@course/core";
import type { Scenes } from "@course/data";
import { tf } from "@course/tf";
import type { Grid, GridObject } from "../src/grid.ts";

/** 60 × 48 pixels in cells of 20 × 24. */
export const grid: Grid = { rows: 2, columns: 3, height: 48, width: 60 };

/** Numbers in [low, high), the same at each call. */
export function numbers(count: number, { seed = 1, low = 0, high = 1 } = {}): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: count }, () => random.uniform(low, high));
}

/** Scenes of bright rectangles on black: class 0 is grey, class 1 white. */
export function rectangles(objects: readonly (readonly GridObject[])[], { height, width } = grid): Scenes {
  const images = new Uint8Array(objects.length * height * width);
  objects.forEach((scene, i) => {
    for (const {
      box: [xMin, yMin, xMax, yMax],
      label,
    } of scene)
      for (let y = yMin; y < yMax; y++)
        images.fill(label === 0 ? 128 : 255, (i * height + y) * width + xMin, (i * height + y) * width + xMax);
  });
  return {
    images,
    shape: [objects.length, height, width, 1],
    objects: objects.map((scene) => scene.map((object) => ({ ...object, angle: 0, scale: 1 }))),
    noise: new Float32Array(objects.length),
    classes: ["0", "1"],
  };
}

/** Eight scenes of none to two rectangles. */
export const EIGHT: readonly (readonly GridObject[])[] = [
  [],
  [{ box: [2, 3, 14, 20], label: 0 }],
  [{ box: [22, 1, 37, 19], label: 1 }],
  [
    { box: [44, 5, 52, 21], label: 0 },
    { box: [3, 27, 17, 44], label: 1 },
  ],
  [{ box: [25, 26, 35, 46], label: 1 }],
  [{ box: [42, 30, 57, 40], label: 0 }],
  [
    { box: [5, 2, 15, 12], label: 1 },
    { box: [41, 28, 55, 45], label: 1 },
  ],
  [{ box: [24, 29, 36, 43], label: 0 }],
];

/** A network whose outputs are the same for every image: [rows, columns, 5 + classes] flat. */
export function constantNetwork(outputs: ArrayLike<number>, { rows, columns, height, width } = grid): tf.LayersModel {
  const depth = outputs.length / (rows * columns);
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [height, width, 1] }),
      tf.layers.dense({ units: outputs.length, kernelInitializer: "zeros" }),
      tf.layers.reshape({ targetShape: [rows, columns, depth] }),
    ],
  });
  model.layers[1]!.setWeights([tf.zeros([height * width, outputs.length]), tf.tensor1d(Float32Array.from(outputs))]);
  return model;
}

/** What a network says that sees one object, of class 1 at SEEN, in cell 4 and nothing else: [6, 7]. */
export const SEEN = [24, 29, 36, 43] as const; // centre (30, 36): the cell's middle; sides 12 of 20 and 14 of 24 pixels
export function seesOne(): number[][] {
  const outputs = Array.from({ length: 6 }, () => [-20, 0, 0, 0, 0, 0, 0]);
  outputs[4] = [20, 0, 0, Math.log(12 / 20), Math.log(14 / 24), -20, 20];
  return outputs;
}
