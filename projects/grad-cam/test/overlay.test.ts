import { describe, expect, test } from "vitest";
import { normalize, overlay } from "../src/overlay.ts";
import { heatColor } from "../study/heat-color.ts";

describe("overlay", () => {
  test("6.1 hand-worked: grey pixels, the map's ends", () => {
    // share 0.35 of black-blue (0, 0, 4) at 0, 0.85 of pale yellow (252, 255, 164) at the largest
    const result = overlay(Uint8Array.of(100, 200), Float32Array.of(0, 5));
    expect([...result]).toEqual([65, 65, 66, 244, 247, 169]); // 0.65·100 (+ 0.35·4 = 1.4); 0.15·200 + 0.85·…
  });
  test("6.1 a colour image keeps its channels apart", () => {
    const [red, green, blue] = overlay(Uint8Array.of(200, 100, 0), Float32Array.of(0));
    expect([red, green, blue]).toEqual([130, 65, 1]);
  });
  test("refuses pixels of another size", () =>
    expect(() => overlay(new Uint8Array(5), new Float32Array(4))).toThrow(
      "overlay pixels: expected [height·width=4], received [5]",
    ));
});

test("normalised: the largest is 1, negative is 0, and nothing stays nothing", () => {
  expect([...normalize([-3, 2, 4])]).toEqual([0, 0.5, 1]);
  expect([...normalize([-1, 0])]).toEqual([0, 0]);
});

test("heat colours get brighter with the value, and hold beyond the ends", () => {
  const brightness = (value: number) => heatColor(value).reduce((sum, channel) => sum + channel, 0);
  for (let i = 1; i <= 20; i++) expect(brightness(i / 20)).toBeGreaterThan(brightness((i - 1) / 20));
  expect(heatColor(-1)).toEqual(heatColor(0));
  expect(heatColor(2)).toEqual(heatColor(1));
});
