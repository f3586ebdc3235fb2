import { findLeaks, tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { gradientMap, occlusionMap } from "../src/other-maps.ts";
import { images, linearNetwork, nothing, smoothNetwork } from "./cases.ts";

await useBackend();

describe("gradient map", () => {
  test("3.1 of a linear network: the size of its weights", () => {
    const model = linearNetwork([1, 3, 1], [1, -2, 3], [10, 20, -30]);
    const map = gradientMap(model, { images: images(2, [1, 3, 1]), classes: [0, 1] });
    expect([...map]).toEqual([1, 2, 3, 10, 20, 30]);
  });
  test("3.1 of two channels the larger", () => {
    const model = linearNetwork([1, 2, 2], [1, -5, 4, 3], nothing(4));
    expect([...gradientMap(model, { images: images(1, [1, 2, 2]), classes: [0] })]).toEqual([5, 4]);
  });
  test("3.1 leaves no tensor behind", () => {
    const [model, batch] = [smoothNetwork(), images(2, [7, 6, 2])];
    const compute = () => void gradientMap(model, { images: batch, classes: [0, 2] });
    compute();
    expect(findLeaks(compute)).toEqual([]);
  });
});

describe("occlusion map", () => {
  test("3.2 hand-worked on a linear network: the weight times what is lost, the mean over squares", () => {
    // pixels 1 1 0.5 with weights 1 2 4; shade 0. Squares of 2 at 0 and 1 cost 3 and 2 + 2 = 4
    const model = linearNetwork([1, 3, 1], [1, 2, 4], nothing(3));
    const question = { images: tf.tensor4d([1, 1, 0.5], [1, 1, 3, 1]), classes: [0], patch: 2, stride: 1, shade: 0 };
    expect([...occlusionMap(model, question)]).toEqual([3, 3.5, 4]);
  });
  test("3.2 covering may help: negative; a shade like the image changes nothing", () => {
    const model = linearNetwork([1, 2, 1], [-3, 1], nothing(2));
    const question = { images: tf.tensor4d([1, 1], [1, 1, 2, 1]), classes: [0], patch: 1, stride: 1 };
    expect([...occlusionMap(model, { ...question, shade: 0 })]).toEqual([-3, 1]);
    expect([...occlusionMap(model, { ...question, shade: 1 })]).toEqual([0, 0]);
  });
  test("3.2 a stride that does not fit leaves no pixel uncovered, and no image's score in another's", () => {
    const model = linearNetwork([5, 4, 1], Array(20).fill(1), nothing(20));
    const batch = tf.concat([tf.ones([1, 5, 4, 1]), tf.zeros([1, 5, 4, 1])]) as tf.Tensor4D;
    const map = occlusionMap(model, { images: batch, classes: [0, 0], patch: 2, stride: 3, shade: 0 });
    expect([...map.slice(0, 20)]).toEqual(Array(20).fill(4));
    expect([...map.slice(20)]).toEqual(Array(20).fill(0));
  });
  test("3.2 leaves no tensor behind", () => {
    const [model, batch] = [smoothNetwork(), images(2, [7, 6, 2])];
    const compute = () => void occlusionMap(model, { images: batch, classes: [0, 2], patch: 3, stride: 2, shade: 0.5 });
    compute();
    expect(findLeaks(compute)).toEqual([]);
  });
});
