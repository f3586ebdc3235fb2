import { assertShape } from "@course/core";
import { heatColor } from "../study/heat-color.ts";

/** A map divided by its largest value; negative values become 0, and a map without positive ones all 0. */
export function normalize(map: ArrayLike<number>): Float32Array {
  let largest = 0;
  for (let i = 0; i < map.length; i++) largest = Math.max(largest, map[i]);
  return Float32Array.from(map, (value) => (largest > 0 ? Math.max(0, value) / largest : 0));
}

/**
 * A map in colours over its image. Each pixel is a mix: the colour's share is 0.35 where the map is
 * 0, so that the image stays visible, and 0.85 where it is largest.
 *
 * @param pixels [height, width, channels] bytes, one or three channels
 * @param map [height, width]
 * @returns [height, width, 3] bytes
 */
export function overlay(pixels: Uint8Array, map: Float32Array): Uint8Array {
  const channels = pixels.length / map.length;
  if (channels !== 1 && channels !== 3) assertShape("overlay pixels", [pixels.length], { height·width: map.length });
  const result = new Uint8Array(map.length * 3);
  normalize(map).forEach((value, pixel) => {
    const color = heatColor(value);
    for (let channel = 0; channel < 3; channel++) {
      const shade = pixels[pixel * channels + (channels === 3 ? channel : 0)];
      // #solution 6.1 mix shade and color[channel] by the share above; into result, rounded
      const share = 0.35 + 0.5 * value;
      result[pixel * 3 + channel] = Math.round((1 - share) * shade + share * color[channel]);
      // #end
    }
  });
  return result;
}
