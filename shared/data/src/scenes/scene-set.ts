import { createHash } from "node:crypto";
import type { Scenes } from "./scene.ts";

const PER_LEVEL = 1 / 255;

/** A batch as floats: x [indices.length, height, width, 1] flat, in [0, 1]; new. @throws RangeError for an index outside. */
export function gatherScenes({ images, shape }: Scenes, indices: ArrayLike<number>): Float32Array {
  const [count, height, width] = shape;
  const size = height * width;
  const x = new Float32Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    const index = checkedIndex(count, indices[i]!);
    for (let p = 0; p < size; p++) x[i * size + p] = images[index * size + p]! * PER_LEVEL;
  }
  return x;
}

/** The scenes at `indices`, in that order, copied. @throws RangeError for an index outside. */
export function takeScenes(scenes: Scenes, indices: ArrayLike<number>): Scenes {
  const [count, height, width] = scenes.shape;
  const size = height * width;
  const chosen = Array.from(indices, (index) => checkedIndex(count, index));
  const images = new Uint8Array(chosen.length * size);
  chosen.forEach((index, i) => {
    images.set(scenes.images.subarray(index * size, (index + 1) * size), i * size);
  });
  return {
    images,
    shape: [chosen.length, height, width, 1],
    objects: chosen.map((index) => scenes.objects[index]!),
    noise: Float32Array.from(chosen, (index) => scenes.noise[index]!),
    classes: scenes.classes,
  };
}

/**
 * At most `count` scenes in a row, to look at training scenes at the cost of held-out ones: the first with an object and
 * those behind it, so that there is something to score.
 */
export function firstScenes(scenes: Scenes, count: number): Scenes {
  const first = Math.max(
    0,
    scenes.objects.findIndex(({ length }) => length > 0),
  );
  const kept = Math.min(count, scenes.shape[0] - first);
  return takeScenes(
    scenes,
    Array.from({ length: kept }, (_, i) => first + i),
  );
}

/** SHA-256 over each split's name, shape, classes, image bytes and objects. */
export function scenesHash(splits: Readonly<Record<string, Scenes>>): string {
  const hash = createHash("sha256");
  for (const [name, { shape, classes, images, objects }] of Object.entries(splits)) {
    hash.update(`${JSON.stringify({ name, shape, classes })}\n`);
    hash.update(images);
    hash.update(JSON.stringify(objects.map((scene) => scene.map(({ box, label }) => [...box, label]))));
  }
  return hash.digest("hex");
}

function checkedIndex(count: number, index: number): number {
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw new RangeError(`scenes: expected an index from 0 to ${count - 1}, received ${index}`);
}
