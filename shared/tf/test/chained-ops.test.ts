import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { tf, useBackend } from "../src/index.ts";

const folder = join(dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-core")), "public/chained_ops");

/** The methods that TensorFlow.js's own files declare, one file each. */
const declared = readdirSync(folder)
  .filter((file) => file.endsWith(".js") && !/_test|register_all/.test(file))
  .flatMap((file) => {
    const source = readFileSync(join(folder, file), "utf8");
    return [...source.matchAll(/getGlobalTensorClass\(\)\.prototype\.(\w+)/g)].map((match) => match[1]!);
  });

beforeAll(async () => void (await useBackend("wasm")));

describe("chained operations", () => {
  test("every method of TensorFlow.js's own registration exists", () => {
    expect(declared.length).toBeGreaterThan(130);
    const methods = tf.Tensor.prototype as unknown as Record<string, unknown>;
    expect(declared.filter((name) => typeof methods[name] !== "function")).toEqual([]);
  });

  const x = () => tf.tensor2d([1, -2, 3, 4], [2, 2]);
  test.each<[string, (x: tf.Tensor2D) => tf.Tensor, number[], number[]]>([
    ["add", (x) => x.add(1), [2, 2], [2, -1, 4, 5]],
    ["matMul with a flag", (x) => x.matMul(x, true), [2, 2], [10, 10, 10, 20]],
    ["sum over an axis, kept", (x) => x.sum(0, true), [1, 2], [4, 2]],
    ["as1D", (x) => x.as1D(), [4], [1, -2, 3, 4]],
    ["as3D", (x) => x.as3D(2, 1, 2), [2, 1, 2], [1, -2, 3, 4]],
    ["asScalar", (x) => x.sum().as1D().asScalar(), [], [6]],
    ["flatten", (x) => x.flatten(), [4], [1, -2, 3, 4]],
    ["reshapeAs", (x) => x.reshapeAs(tf.zeros([4, 1])), [4, 1], [1, -2, 3, 4]],
    ["concat one tensor", (x) => x.concat(x, 1), [2, 4], [1, -2, 1, -2, 3, 4, 3, 4]],
    ["concat several", (x) => x.concat([x, x]), [6, 2], [1, -2, 3, 4, 1, -2, 3, 4, 1, -2, 3, 4]],
    ["stack", (x) => x.stack(x), [2, 2, 2], [1, -2, 3, 4, 1, -2, 3, 4]],
    ["toBool", () => tf.tensor1d([0, 1]).toBool(), [2], [0, 1]],
    ["toInt", (x) => x.div(2).toInt(), [2, 2], [0, -1, 1, 2]],
    [
      "where: keeps this where the condition holds",
      (x) => x.where(x.greater(0), tf.zeros([2, 2])),
      [2, 2],
      [1, 0, 3, 4],
    ],
    ["resizeBilinear", (x) => x.as3D(2, 2, 1).resizeBilinear([1, 1]), [1, 1, 1], [1]],
    ["oneHot", () => tf.tensor1d([1], "int32").oneHot(2, 1, 0), [1, 2], [0, 1]],
  ])("%s", (_, chain, shape, values) => {
    const result = chain(x());
    expect(result.shape).toEqual(shape);
    expect([...result.dataSync()]).toEqual(values);
  });

  test("a disposed tensor says so", () => {
    const disposed = x();
    disposed.dispose();
    expect(() => disposed.add(1)).toThrow("used by .add() after its disposal");
  });

  test("gradients are registered", () => {
    expect([
      ...tf
        .grad((x) => x.square().sum())(x())
        .dataSync(),
    ]).toEqual([2, -4, 6, 8]);
  });
});
