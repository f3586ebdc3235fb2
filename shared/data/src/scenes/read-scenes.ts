import { join } from "node:path";
import { UserError } from "@course/core";
import { DIGIT_CLASSES } from "../loaders/idx-pair.ts";
import { type NumberArray, readNpy } from "./npy.ts";
import type { SceneBox, SceneObject, Scenes } from "./scene.ts";

const EDGE = 1; // pixels by which a box may leave the image: rounding; it is cut off
const ROUNDING = 1e-3; // pixels: fractions in float32 bring a corner on a pixel's edge back so nearly

/**
 * Scenes of a user's own, as the course's tensors were: `<split>-images.npy` [count, 1, height, width]
 * or [count, height, width], brightness in [0, 1]; `<split>-labels.npy` [count, values], or
 * [count, most, values] for several objects in a scene. The values of an object are has-object (0 or 1),
 * its centre x and y, width and height as fractions of the image's, then the class id of a digit, or
 * one value for each class with 1 for the right one. What follows has-object 0 is not read.
 *
 * @throws UserError naming the first image, box or class that cannot be
 */
export async function readScenes(folder: string, split: string): Promise<Scenes> {
  const [imagesPath, labelsPath] = [join(folder, `${split}-images.npy`), join(folder, `${split}-labels.npy`)];
  const [images, labels] = await Promise.all([readNpy(imagesPath), readNpy(labelsPath)]);
  const [count = 0, height = 0, width = 0] = imageShape(imagesPath, images.shape);
  const rows = labels.shape.length === 3 ? labels.shape[1]! : 1;
  const values = labels.shape.at(-1) ?? 0;
  if (labels.shape[0] !== count || labels.shape.length < 2 || labels.shape.length > 3 || values < 6)
    throw new UserError(
      `${labelsPath}: expected [${count}, 6 or more] or [${count}, objects, 6 or more], received [${labels.shape.join(", ")}] (labels of other images?)`,
    );
  const classes = values === 6 ? DIGIT_CLASSES : Array.from({ length: values - 5 }, (_, label) => String(label));
  const objects = Array.from({ length: count }, (_, scene) =>
    Array.from({ length: rows }, (_, row) => {
      const start = (scene * rows + row) * values;
      const where = `${labelsPath}, scene ${scene}`;
      const own = Float64Array.from({ length: values }, (_, i) => labels.at(start + i));
      return readObject(where, own, { height, width, classes });
    }).filter((object) => object !== undefined),
  );
  return {
    images: toBytes(imagesPath, images, count * height * width),
    shape: [count, height, width, 1],
    objects,
    noise: new Float32Array(count).fill(Number.NaN),
    classes,
  };
}

function imageShape(path: string, shape: readonly number[]): readonly number[] {
  const isGrey = shape.length === 3 || (shape.length === 4 && shape[1] === 1);
  if (isGrey && shape.every((length) => length > 0))
    return shape.length === 3 ? shape : [shape[0]!, shape[2]!, shape[3]!];
  throw new UserError(`${path}: expected grey images [count, 1, height, width], received [${shape.join(", ")}]`);
}

/** The course has 77,000 images, 222 million pixels: one after the other, a list of them would be too long for Node. */
function toBytes(path: string, { at }: NumberArray, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const value = at(i);
    if (!(value >= 0 && value <= 1))
      throw new UserError(
        `${path}: expected brightness in [0, 1], received ${value} (bytes, or standardised? divide, or add the mean again)`,
      );
    bytes[i] = Math.round(255 * value);
  }
  return bytes;
}

interface Space {
  readonly height: number;
  readonly width: number;
  readonly classes: readonly string[];
}

function readObject(where: string, row: Float64Array, space: Space): SceneObject | undefined {
  const [hasObject, x, y, w, h] = row as unknown as [number, number, number, number, number];
  if (hasObject === 0) return undefined;
  if (hasObject !== 1) throw new UserError(`${where}: expected has-object 0 or 1, received ${hasObject}`);
  if (!(w > 0 && h > 0))
    throw new UserError(`${where}: expected a width and height above 0, received ${w} and ${h} (corners swapped?)`);
  const box = [
    (x - w / 2) * space.width,
    (y - h / 2) * space.height,
    (x + w / 2) * space.width,
    (y + h / 2) * space.height,
  ];
  const limits = [space.width, space.height, space.width, space.height];
  if (!box.every((corner, i) => corner >= -EDGE && corner <= limits[i]! + EDGE))
    throw new UserError(
      `${where}: expected a box inside ${space.width}×${space.height} pixels, received [${box.map((corner) => corner.toFixed(1)).join(", ")}] (pixels instead of fractions, or corners instead of a centre?)`,
    );
  const inside = box.map((corner, i) => Math.min(Math.max(snap(corner), 0), limits[i]!)) as unknown as SceneBox;
  if (inside[0] >= inside[2] || inside[1] >= inside[3])
    throw new UserError(`${where}: expected a box inside the image, received one beside it, of which nothing is left`);
  return { box: inside, label: readLabel(where, row.subarray(5), space.classes), angle: Number.NaN, scale: Number.NaN };
}

function snap(corner: number): number {
  const whole = Math.round(corner);
  return Math.abs(corner - whole) < ROUNDING ? whole : corner;
}

function readLabel(where: string, values: Float64Array, classes: readonly string[]): number {
  const isOneHot = values.length > 1;
  const label = isOneHot ? values.indexOf(1) : values[0]!;
  const isValid = !isOneHot || values.every((value, i) => value === Number(i === label));
  if (isValid && Number.isInteger(label) && label >= 0 && label < classes.length) return label;
  throw new UserError(
    `${where}: expected ${isOneHot ? "one class with 1, the others 0" : `a class from 0 to ${classes.length - 1}`}, received ${values.join(", ")}`,
  );
}
