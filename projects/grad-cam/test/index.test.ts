import { useBackend } from "@course/tf";
import { expect, test } from "vitest";
import * as face from "../src/index.ts";
import { images, smoothNetwork } from "./cases.ts";

await useBackend();

test("what a package of another's own calls: a map, an overlay, curves, by a layer's name", () => {
  const model = smoothNetwork();
  const question = { images: images(1, [7, 6, 2]), classes: [1] };
  const map = face.gradCam(model, { ...question, layer: face.findLayer(model, "maps") });
  expect(map).toHaveLength(7 * 6);
  const other = face.gradientMap(model, question);
  expect(Math.abs(face.rankCorrelation(map, other))).toBeLessThanOrEqual(1);
  expect(face.overlay(new Uint8Array(7 * 6), map)).toHaveLength(7 * 6 * 3);
});
