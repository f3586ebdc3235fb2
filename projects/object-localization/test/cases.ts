import { createRandom } from "@course/core";
import { LOCALIZATION_SCENES, makeScenes, type Scenes } from "@course/data";
import { tf } from "@course/tf";

/** A black scene of 48×60 for each object that is listed; `undefined` is an empty one. */
export function blankScenes(objects: readonly ({ box: readonly number[]; label?: number } | undefined)[]): Scenes {
  return {
    images: new Uint8Array(objects.length * 2880),
    shape: [objects.length, 48, 60, 1],
    objects: objects.map((object) =>
      object
        ? [{ box: object.box as [number, number, number, number], label: object.label ?? 0, angle: 0, scale: 1 }]
        : [],
    ),
    noise: new Float32Array(objects.length).fill(0.05),
    classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
  };
}

/** Scenes of rectangles in three shapes, so that a test needs no data set. */
export function rectangleScenes(count: number, seed = 1): Scenes {
  const images = new Uint8Array(3 * 784);
  [
    [20, 6],
    [10, 12],
    [18, 18],
  ].forEach(([height, width], i) => {
    for (let y = 0; y < height!; y++) {
      const start = i * 784 + (y + 4) * 28 + 5;
      images.fill(255, start, start + width!);
    }
  });
  const digits = { images, shape: [3, 28, 28, 1] as const, labels: Uint8Array.of(0, 1, 2), classes: ["0", "1", "2"] };
  return makeScenes(digits, { ...LOCALIZATION_SCENES, scale: [0.6, 1.4], count }, createRandom(seed));
}

/** A network that gives the same answer for every image: has-object's logit, a box of 48×60, a label of ten. */
export function constantModel(
  logit: number,
  [xMin, yMin, xMax, yMax]: readonly [number, number, number, number],
  label: number,
) {
  const centre = [(xMin + xMax) / 40 - 1.5, (yMin + yMax) / 40 - 1.2]; // from (30, 24), in units of 20 pixels
  const sides = [Math.log((xMax - xMin) / 20), Math.log((yMax - yMin) / 20)];
  const classes = Array.from({ length: 10 }, (_, i) => (i === label ? 5 : 0));
  const { flatten, dense } = tf.layers;
  const model = tf.sequential({ layers: [flatten({ inputShape: [48, 60, 1] }), dense({ units: 15 })] });
  model.setWeights([tf.zeros([2880, 15]), tf.tensor1d([logit, ...centre, ...sides, ...classes])]);
  model.setUserDefinedMetadata({ classes: Array.from({ length: 10 }, (_, digit) => String(digit)) });
  return model;
}
