import { beforeAll, describe, expect, test } from "vitest";
import { findLeaks, leakGuard, tf, useBackend } from "../src/index.ts";

beforeAll(async () => void (await useBackend("wasm")));

describe("leakGuard", () => {
  test("is silent while the count stays", () => {
    const guard = leakGuard();
    guard.check("epoch 1");
    tf.tidy(() => void tf.ones([3]).add(1));
    guard.check("epoch 2");
  });
  test("names the growth", () => {
    const guard = leakGuard();
    guard.check("epoch 1");
    const leaked = [tf.ones([3]), tf.ones([2, 2])];
    expect(() => guard.check("epoch 2")).toThrow(/after epoch 1, \d+ after epoch 2 \(2 more, 28 bytes\)/);
    tf.dispose(leaked);
    guard.check("epoch 3");
  });
});

describe("findLeaks", () => {
  test("names what a step left, by type and shape", () => {
    const kept: tf.Tensor[] = [];
    const leaks = findLeaks(() => {
      kept.push(tf.ones([3, 2]).add(1), tf.zeros([5], "int32")); // the ones are lost: a leak as well
      tf.tidy(() => void tf.ones([9, 9]).square());
      tf.ones([7]).dispose();
    });
    expect(leaks).toEqual([
      { dtype: "float32", shape: [3, 2], count: 2 },
      { dtype: "int32", shape: [5], count: 1 },
    ]);
    expect(findLeaks(() => tf.dispose(kept))).toEqual([]);
  });
  test("a new variable is a leak, a new value of an old one is not", () => {
    const old = tf.variable(tf.zeros([2]));
    expect(findLeaks(() => tf.tidy(() => void old.assign(tf.ones([2]))))).toEqual([]);
    expect(findLeaks(() => tf.tidy(() => void tf.variable(tf.ones([4]))))).toEqual([
      { dtype: "float32", shape: [4], count: 1 },
    ]);
  });
});
