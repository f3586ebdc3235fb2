import type { Random } from "@course/core";
import type { tf } from "@course/tf";
import { placeOf } from "../network/place.ts";
import { areaUnder, type Curve, deletionAndInsertion } from "../src/curves.ts";
import type { Layer } from "../src/feature-maps.ts";
import { gradCam, type Question } from "../src/grad-cam.ts";
import { gradientMap, occlusionMap } from "../src/other-maps.ts";
import { upsample } from "../src/upsample.ts";

/** Images as floats and as the tensor of the same numbers. */
export interface Explained extends Question {
  readonly values: Float32Array; // [batch, height, width, channels]
}

export interface MapSettings {
  readonly patch: number;
  readonly stride: number;
  readonly shade: number;
}

/** Maps of every kind, [batch, height, width] each, by name. */
export type Maps = Readonly<Record<string, Float32Array>>;

export function explanationMaps(
  model: tf.LayersModel,
  question: Question,
  { patch, stride, shade }: MapSettings,
): Maps {
  return {
    "Grad-CAM": gradCam(model, question),
    gradient: gradientMap(model, question),
    occlusion: occlusionMap(model, { ...question, patch, stride, shade }),
  };
}

/** What any map must beat: noise, noise as smooth as a Grad-CAM map, and the image's own ink. */
export function trivialMaps(model: tf.LayersModel, { images, layer, values }: Explained, random: Random): Maps {
  const [batch, height, width, channels] = images.shape;
  const noise = (length: number) => Float32Array.from({ length }, () => random.uniform());
  return {
    random: smoothNoise(model, layer, { size: [batch, height, width], noise }),
    "random pixels": noise(batch * height * width),
    ink: Float32Array.from({ length: batch * height * width }, (_, i) => values[i * channels]),
  };
}

interface NoiseSize {
  readonly size: readonly [batch: number, height: number, width: number];
  readonly noise: (length: number) => Float32Array;
}

/** Noise at the layer's resolution, brought to the image's as a Grad-CAM map is. */
function smoothNoise(model: tf.LayersModel, layer: Layer, { size: [batch, height, width], noise }: NoiseSize) {
  const [, rows, columns] = layer.outputShape as number[];
  const place = placeOf(model, layer, [height / rows, width / columns]);
  return upsample(noise(batch * rows * columns), { rows, columns, height, width, place });
}

interface CurveSettings {
  readonly steps: number;
  readonly shade: number;
}

/** Curves of each kind of map over the same images. */
export function measureCurves(model: tf.LayersModel, question: Explained, maps: Maps, { steps, shade }: CurveSettings) {
  const [, height, width, channels] = question.images.shape;
  const { values, classes } = question;
  const shared = { images: values, size: [height, width, channels] as const, classes, steps, shade };
  const entries = Object.entries(maps).map(([name, map]): [string, Curve] => [
    name,
    deletionAndInsertion(model, { ...shared, maps: map }),
  ]);
  return Object.fromEntries(entries);
}

export const areas = (curves: readonly Float32Array[]): Float64Array => Float64Array.from(curves, areaUnder);
