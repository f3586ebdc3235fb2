/** Corners in pixels; a pixel covers [i, i + 1), so the box of pixel 0 alone is [0, 0, 1, 1]. */
export type SceneBox = readonly [xMin: number, yMin: number, xMax: number, yMax: number];

/** One digit in a scene. What is not known of scenes of your own is NaN. */
export interface SceneObject {
  /** The smallest box around the pixels that the digit alone makes brighter than 0.2; no noise, no clutter. */
  readonly box: SceneBox;
  /** An index into the scenes' classes. */
  readonly label: number;
  /** Degrees, clockwise. */
  readonly angle: number;
  /** 1 is the digit's own size, some 20 pixels on its longer side. */
  readonly scale: number;
}

/** Grey images of several objects, or of none. */
export interface Scenes {
  /** Row-major [count, height, width, 1], 0–255. */
  readonly images: Uint8Array;
  readonly shape: readonly [count: number, height: number, width: number, channels: 1];
  /** [count] lists; an empty list is an empty scene. */
  readonly objects: readonly (readonly SceneObject[])[];
  /** [count] standard deviation of the noise, of brightness in [0, 1]; NaN where it is not known. */
  readonly noise: Float32Array;
  readonly classes: readonly string[];
}

/** How scenes are composed; ranges are inclusive. */
export interface SceneOptions {
  readonly height: number;
  readonly width: number;
  /** Objects in a scene that is not empty. */
  readonly objects: { readonly min: number; readonly max: number };
  /** Share of scenes without an object, beside those for which 0 objects were drawn; in [0, 1]. */
  readonly emptyShare: number;
  /** Degrees, both ways. */
  readonly rotation: number;
  readonly scale: readonly [min: number, max: number];
  /** Standard deviation of the noise, of brightness in [0, 1]; drawn anew for each scene. */
  readonly noise: readonly [min: number, max: number];
  /** Patches cut from other digits, which belong to no object. */
  readonly clutter: { readonly min: number; readonly max: number };
  /** By how many of its own pixels each of nine points of a digit is moved at most, to bend it; 0 (none) by default. */
  readonly warp?: number;
  /** Divides the image into equal cells, of which each holds the centre of at most one object. */
  readonly cells?: readonly [rows: number, columns: number];
}

/** One digit in each image of 48×60, a tenth of them without. */
export const LOCALIZATION_SCENES: SceneOptions = {
  height: 48,
  width: 60,
  objects: { min: 1, max: 1 },
  emptyShare: 0.1,
  rotation: 45,
  scale: [0.5, 1.5],
  noise: [0.03, 0.12],
  clutter: { min: 0, max: 4 },
};

/** None to three digits in each image of 48×60, one centre in each cell of 2×3. */
export const DETECTION_SCENES: SceneOptions = {
  ...LOCALIZATION_SCENES,
  objects: { min: 0, max: 3 },
  emptyShare: 0,
  scale: [0.5, 1.2],
  cells: [2, 3],
};
