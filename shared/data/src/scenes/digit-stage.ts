import type { ImageSet } from "../images/image-set.ts";
import { addBorder, inkBox, sampleInk } from "./ink.ts";
import type { SceneBox } from "./scene.ts";
import { type Warp, warpAt } from "./warp.ts";

const VISIBLE = 51.5 / 255; // above 0.2 as bytes are: 52 and more. What is fainter is no part of the box
const NO_MOVE = [0, 0] as const;

export interface Pose {
  /** Degrees, clockwise. */
  readonly angle: number;
  readonly scale: number;
  /** Fraction of a pixel by which the digit's middle lies beside the stage's, in [0, 1). */
  readonly shift: readonly [x: number, y: number];
  /** Bends the digit before it is turned: each place shows what lay beside it by the warp's move. */
  readonly warp?: Warp;
}

/** Where the digit that was drawn last lies; read it before the next one is drawn. */
export interface DigitStage {
  /** Row-major [side, side], brightness in [0, 1]; of the last digit is only what `drawn` encloses. */
  readonly pixels: Float32Array;
  readonly side: number;
  readonly drawn: SceneBox;
  /** Draws the digit in the middle; returns its box on the stage, or undefined where nothing of it is visible. */
  draw(digit: number, pose: Pose): SceneBox | undefined;
}

/**
 * Draws digits turned and resized on a square. Each pixel takes the bilinear sample of the digit at
 * the place that it comes from.
 *
 * @param digits images [count, height, width, 1]
 * @param largest the greatest scale that will be asked for
 * @param warp the greatest move of a warp, in the digit's pixels
 */
export function createDigitStage(digits: ImageSet, largest: number, warp = 0): DigitStage {
  const [count, height, width] = digits.shape;
  const side = Math.ceil(Math.hypot(height + 2 * warp, width + 2 * warp) * largest) + 6; // turned, a digit reaches as far as its diagonal
  const pixels = new Float32Array(side * side);
  const known = new Array<{ ink: Uint8Array; box: SceneBox } | undefined>(count);
  const lookUp = (digit: number) => {
    const image = digits.images.subarray(digit * height * width, (digit + 1) * height * width);
    return { ink: addBorder(image, width), box: inkBox(image, width) };
  };
  const stage = {
    pixels,
    side,
    drawn: [0, 0, 0, 0] as SceneBox,
    draw(digit: number, { angle, scale, shift, warp }: Pose) {
      known[digit] ??= lookUp(digit);
      const { ink, box } = known[digit];
      const radians = (angle * Math.PI) / 180;
      const cos = Math.cos(radians);
      const sin = Math.sin(radians);
      const toX = (side - 1) / 2 + shift[0];
      const toY = (side - 1) / 2 + shift[1];
      const fromX = (width - 1) / 2;
      const fromY = (height - 1) / 2;
      stage.drawn = enclose(warp ? widen(box, warp) : box, ([x, y]) => {
        const right = (x - fromX) * scale;
        const down = (y - fromY) * scale;
        return [toX + cos * right - sin * down, toY + sin * right + cos * down];
      });
      const [left, top, right, bottom] = stage.drawn;
      for (let y = top; y < bottom; y++) {
        const dy = (y - toY) / scale;
        for (let x = left; x < right; x++) {
          const dx = (x - toX) / scale;
          const inkX = fromX + cos * dx + sin * dy;
          const inkY = fromY - sin * dx + cos * dy;
          const [right, down] = warp ? warpAt(warp, inkX / (width - 1), inkY / (height - 1)) : NO_MOVE;
          pixels[y * side + x] = sampleInk(ink, width, inkX + right, inkY + down);
        }
      }
      return visibleBox(stage);
    },
  };
  return stage;
}

/** A box that holds all of the digit however the warp moves it. */
function widen([xMin, yMin, xMax, yMax]: SceneBox, warp: Warp): SceneBox {
  const most = Math.max(...warp.map(Math.abs));
  return [xMin - most, yMin - most, xMax + most, yMax + most];
}

/** Whole pixels around where a box's corners are mapped to, bilinear blur included. */
function enclose([xMin, yMin, xMax, yMax]: SceneBox, map: (point: [x: number, y: number]) => [x: number, y: number]) {
  const corners = [xMin - 1, xMax].flatMap((x) => [yMin - 1, yMax].map((y) => map([x, y]))); // ink reaches a pixel further
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return [
    Math.floor(Math.min(...xs)),
    Math.floor(Math.min(...ys)),
    Math.ceil(Math.max(...xs)) + 1,
    Math.ceil(Math.max(...ys)) + 1,
  ] as const;
}

function visibleBox({ pixels, side, drawn: [left, top, right, bottom] }: DigitStage): SceneBox | undefined {
  let [xMin, yMin, xMax, yMax] = [side, side, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (pixels[y * side + x]! <= VISIBLE) continue;
      xMin = Math.min(xMin, x);
      yMin = Math.min(yMin, y);
      xMax = Math.max(xMax, x + 1);
      yMax = y + 1;
    }
  }
  return xMax === 0 ? undefined : [xMin, yMin, xMax, yMax];
}
