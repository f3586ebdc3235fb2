import { createRandom, type Random, UserError } from "@course/core";
import type { ImageSet } from "../images/image-set.ts";
import { assertSceneOptions } from "./check-options.ts";
import { drawPatch } from "./clutter.ts";
import { createDigitStage, type DigitStage, type Pose } from "./digit-stage.ts";
import { createNoise } from "./noise.ts";
import { findPlace, type Move, moveBox } from "./place.ts";
import type { SceneObject, SceneOptions, Scenes } from "./scene.ts";
import { drawWarp } from "./warp.ts";

const TRIES = 300; // digits drawn for one scene; a crowded scene that needs more is begun again
const BEGINNINGS = 100; // of one scene, before it is given up

/** Composes `count` new scenes at each call. */
export type SceneMaker = (count: number, random: Random) => Scenes;

/**
 * Composes scenes of digits: each turned, resized and placed by draws of its own, then clutter, then
 * noise. Split the digits first (`loadSceneDigits`), and no digit is in scenes of two splits.
 *
 * @param digits [count, height, width, 1], white on black; each equally likely
 * @throws UserError for options that cannot be met, or without digits
 */
export function createSceneMaker(digits: ImageSet, options: SceneOptions): SceneMaker {
  assertSceneOptions(digits, options);
  const { height, width } = options;
  const stage = createDigitStage(digits, options.scale[1], options.warp);
  const addNoise = createNoise(width, createRandom("scene noise"));
  const canvas = new Float32Array(height * width);
  return (count, random) => {
    const images = new Uint8ClampedArray(count * height * width); // writing rounds, and cuts off
    const noise = new Float32Array(count);
    const objects = Array.from({ length: count }, (_, i) => {
      const found = drawObjects({ digits, options, stage, canvas }, random);
      const patches = random.integer(options.clutter.min, options.clutter.max + 1);
      const boxes = found.map(({ box }) => box);
      for (let patch = 0; patch < patches; patch++) drawPatch(canvas, options, { digits, objects: boxes, random });
      noise[i] = random.uniform(...options.noise);
      addNoise(canvas, noise[i]!, random, images.subarray(i * height * width, (i + 1) * height * width));
      return found;
    });
    return {
      images: new Uint8Array(images.buffer),
      shape: [count, height, width, 1],
      objects,
      noise,
      classes: digits.classes,
    };
  };
}

/** `createSceneMaker` for scenes that are composed once. */
export function makeScenes(
  digits: ImageSet,
  { count, ...options }: SceneOptions & { readonly count: number },
  random: Random,
): Scenes {
  return createSceneMaker(digits, options)(count, random);
}

interface Workshop {
  readonly digits: ImageSet;
  readonly options: SceneOptions;
  readonly stage: DigitStage;
  /** [height, width], brightness in [0, 1]. */
  readonly canvas: Float32Array;
}

/** Clears the canvas and draws the objects of one scene on it. @throws UserError where they find no room */
function drawObjects({ digits, options, stage, canvas }: Workshop, random: Random): SceneObject[] {
  const { objects, emptyShare } = options;
  const wanted = random.uniform() < emptyShare ? 0 : random.integer(objects.min, objects.max + 1);
  for (let beginning = 0; beginning < BEGINNINGS; beginning++) {
    canvas.fill(0);
    const found: SceneObject[] = [];
    for (let attempt = 0; attempt < TRIES && found.length < wanted; attempt++) {
      const digit = random.integer(0, digits.shape[0]);
      const pose = drawPose(options, random);
      const box = stage.draw(digit, pose);
      const placed = found.map((object) => object.box);
      const move = box && findPlace(box, placed, options, random);
      if (!box || !move) continue;
      copyDigit(stage, canvas, { move, options });
      const { angle, scale } = pose;
      found.push({ box: moveBox(box, move), label: digits.labels[digit]!, angle, scale });
    }
    if (found.length === wanted) return found;
  }
  throw new UserError(
    `scenes: expected room for ${wanted} objects of scale ${options.scale.join(" to ")} on ${options.height}×${options.width} pixels, found none (smaller, fewer, or digits of which nothing is brighter than 0.2?)`,
  );
}

function drawPose({ rotation, scale, warp = 0 }: SceneOptions, random: Random): Pose {
  return {
    angle: random.uniform(-rotation, rotation),
    scale: random.uniform(...scale),
    shift: [random.uniform(), random.uniform()],
    ...(warp > 0 && { warp: drawWarp(warp, random) }),
  };
}

/** Brightens the canvas where the digit on the stage, moved, is brighter; what leaves the image is cut off. */
function copyDigit(
  { pixels, side, drawn }: DigitStage,
  canvas: Float32Array,
  { move, options: { height, width } }: { move: Move; options: SceneOptions },
): void {
  const [left, top, right, bottom] = moveBox(drawn, move);
  for (let y = Math.max(0, top); y < Math.min(height, bottom); y++) {
    for (let x = Math.max(0, left); x < Math.min(width, right); x++) {
      const value = pixels[(y - move.y) * side + x - move.x]!;
      if (value > canvas[y * width + x]!) canvas[y * width + x] = value;
    }
  }
}
