import type { SceneBox } from "../scenes/scene.ts";
import { decodePicture, type Levels, type Picture, pictureSize } from "./decode-picture.ts";
import { findInk, stretchInk } from "./ink.ts";
import { resizeGrey } from "./resize-grey.ts";

const FULL_CONTRAST = 128; // of 255 levels: a picture that is fainter is stretched
const FAINTEST = 64; // as ink of so many levels at most: the noise of an empty sheet stays noise

/** A user's picture as a network for scenes sees it, and the way back. */
export interface ScenePicture {
  /** [height, width] of the network: light on dark. */
  readonly seen: Uint8Array;
  /** In colour [height, width, 3], at most 1024 pixels long, to draw on. */
  readonly shown: Levels;
  /** Of the picture itself. */
  readonly ownSize: readonly [height: number, width: number];
  /** From a box on what is seen to one on the picture, cut off at its edge. */
  readonly toOwn: (box: SceneBox) => SceneBox;
  /** The same on `shown`. */
  readonly toShown: (box: SceneBox) => SceneBox;
  /** What was changed, to be told to the user; empty if nothing. */
  readonly changes: readonly string[];
}

/**
 * Brings a picture of any size and colours to what scenes of digits are: grey, light on dark, height ×
 * width, with its background beside it where the proportions differ. One that is so already stays as it is.
 *
 * @throws UserError if it is no picture, or one of a single colour
 */
export async function readScenePicture(
  picture: Picture,
  [height, width]: readonly [height: number, width: number],
): Promise<ScenePicture> {
  const [grey, shown, ownSize] = await Promise.all([
    decodePicture(picture, { channels: 1 }),
    decodePicture(picture, { channels: 3 }),
    pictureSize(picture),
  ]);
  const { isDarkOnLight, isFaint, ...drawing } = lightOnDark(picture, grey);
  const scale = Math.min(height / ownSize[0], width / ownSize[1]);
  const [tall, wide] = ownSize.map((side) => Math.max(1, Math.round(side * scale)));
  const [top, left] = [Math.floor((height - tall) / 2), Math.floor((width - wide) / 2)];
  const { pixels } = await resizeGrey({ ...grey, pixels: drawing.pixels }, { height: tall, width: wide });
  const seen = new Uint8Array(height * width).fill(drawing.background);
  for (let y = 0; y < tall; y++) seen.set(pixels.subarray(y * wide, (y + 1) * wide), (top + y) * width + left);
  const isSame = tall === ownSize[0] && wide === ownSize[1];
  const place = { top, left, tall, wide };
  return {
    ...{ seen, shown, ownSize },
    toOwn: boxMap(place, ownSize),
    toShown: boxMap(place, [shown.height, shown.width]),
    changes: [
      ...(isSame ? [] : [`${ownSize.join("×")} to ${tall}×${wide} pixels (height×width)`]),
      ...(tall === height && wide === width ? [] : [`background around it to ${height}×${width}`]),
      ...(isColoured(shown) ? ["colour to grey"] : []),
      ...(isDarkOnLight ? ["dark on light to light on dark"] : []),
      ...(isFaint ? ["faint to full contrast"] : []),
    ],
  };
}

/** A light background becomes black, and so does that of a faint drawing, which is stretched. */
function lightOnDark(picture: Picture, grey: Levels) {
  const ink = findInk(picture, grey);
  const { background, strongest, isDarkOnLight } = ink;
  const isFaint = strongest < FULL_CONTRAST;
  if (!isDarkOnLight && !isFaint) return { pixels: grey.pixels, background, isDarkOnLight, isFaint };
  return { pixels: stretchInk(ink, FAINTEST), background: 0, isDarkOnLight, isFaint };
}

interface Place {
  readonly top: number;
  readonly left: number;
  readonly tall: number;
  readonly wide: number;
}

function boxMap({ top, left, tall, wide }: Place, [height, width]: readonly [number, number]) {
  const inside = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const x = (value: number) => inside(((value - left) * width) / wide, width);
  const y = (value: number) => inside(((value - top) * height) / tall, height);
  return ([xMin, yMin, xMax, yMax]: SceneBox): SceneBox => [x(xMin), y(yMin), x(xMax), y(yMax)];
}

function isColoured({ pixels }: Levels): boolean {
  return pixels.some((value, i) => value !== pixels[i - (i % 3)]);
}
