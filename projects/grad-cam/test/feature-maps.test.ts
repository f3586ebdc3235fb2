import { findLeaks, tf, useBackend } from "@course/tf";
import { describe, expect, test } from "vitest";
import { completeConvolutions, findLayer } from "../network/find-layer.ts";
import { classScores, featureMaps, logitsWithChange } from "../src/feature-maps.ts";
import { branchedNetwork, images, smoothNetwork } from "./cases.ts";

await useBackend();

const STEP = 1e-2; // float32

describe("class scores", () => {
  test("1.1 hand-worked: each row's own class", () => {
    const logits = tf.tensor2d([
      [1, -2, 3],
      [4, 5, -6],
    ]);
    expect([...classScores(logits, [2, 0]).dataSync()]).toEqual([3, 4]);
    expect([...classScores(logits, Uint8Array.of(1, 2)).dataSync()]).toEqual([-2, -6]);
  });
});

describe("feature maps and their gradients", () => {
  test.each([
    ["a chain", smoothNetwork, "maps"],
    ["a branch", branchedNetwork, "branch"],
  ])("1.2 every entry agrees with central differences: %s", (_, build, name) => {
    const model = build();
    const layer = findLayer(model, name);
    const batch = images(2, [7, 6, 2]);
    const classes = [2, 0];
    const { maps, gradients } = featureMaps(model, layer, { images: batch, classes });
    expect(maps.shape).toEqual([2, 7, 6, 4]);
    expect(gradients.shape).toEqual(maps.shape);
    const received = gradients.dataSync();
    const expected = Float64Array.from(received, (_, entry) => {
      const at = (step: number) => {
        const change = tf.buffer([2, 7, 6, 4]);
        change.values[entry] = step;
        const scores = classScores(logitsWithChange(model, batch, { layer, change: change.toTensor() }), classes);
        return scores.dataSync()[entry < received.length / 2 ? 0 : 1]!;
      };
      return tf.tidy(() => (at(STEP) - at(-STEP)) / (2 * STEP));
    });
    const length = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));
    expect(length(expected)).toBeGreaterThan(0.1);
    expect(length(expected.map((value, i) => value - received[i]!)) / length(expected)).toBeLessThan(1e-3);
  });
  test("1.2 an image's gradients do not depend on the others in the batch", () => {
    const model = smoothNetwork();
    const layer = findLayer(model);
    const both = images(2, [7, 6, 2]);
    const one = both.slice([1, 0, 0, 0], [1, -1, -1, -1]);
    const inBatch = featureMaps(model, layer, { images: both, classes: [0, 1] }).gradients.dataSync();
    const alone = featureMaps(model, layer, { images: one, classes: [1] }).gradients.dataSync();
    alone.forEach((value, i) => {
      expect(value).toBeCloseTo(inBatch[alone.length + i]!, 6);
    });
  });
  test("1.2 leaves two tensors, the caller's, and the layer as it was", () => {
    const model = smoothNetwork();
    const batch = images(2, [7, 6, 2]);
    const before = model.predict(batch) as tf.Tensor;
    const question = { images: batch, classes: [0, 1] };
    const compute = () => {
      const { maps, gradients } = featureMaps(model, findLayer(model), question);
      tf.dispose([maps, gradients]);
    };
    compute();
    expect(findLeaks(compute)).toEqual([]);
    expect([...(model.predict(batch) as tf.Tensor).dataSync()]).toEqual([...before.dataSync()]);
  });
});

describe("a layer by name", () => {
  const { conv2d, maxPooling2d, batchNormalization, reLU, flatten, dense } = tf.layers;
  const convolution = { filters: 2, kernelSize: 3, padding: "same" } as const;
  const chain = (...layers: tf.layers.Layer[]) =>
    tf.sequential({
      layers: [
        conv2d({ ...convolution, inputShape: [8, 8, 1], name: "first" }),
        ...layers,
        flatten(),
        dense({ units: 2 }),
      ],
    });
  test("none: the last convolution", () => expect(findLayer(smoothNetwork()).name).toBe("maps"));
  test("none: not a normalisation after the pooling, which belongs to the coarser map", () => {
    const model = chain(
      conv2d({ ...convolution, name: "second", activation: "relu" }),
      maxPooling2d({ poolSize: 2 }),
      batchNormalization(),
    );
    expect(findLayer(model).name).toBe("second");
    expect(completeConvolutions(model).map(({ name }) => name)).toEqual(["first", "second"]);
  });
  test("none: the normalisation and activation before the pooling belong to it", () => {
    const second = conv2d({ ...convolution, name: "second", useBias: false });
    const model = chain(second, batchNormalization(), reLU({ name: "end" }), maxPooling2d({ poolSize: 2 }));
    expect(findLayer(model).name).toBe("end");
  });
  test("none: of a branch, not what comes after it has been added", () =>
    expect(findLayer(branchedNetwork()).name).toBe("branch"));
  test("one of that name", () => expect(findLayer(branchedNetwork(), "branch").name).toBe("branch"));
  test("an unknown one, or a network without any, is a user's mistake", () => {
    expect(() => findLayer(smoothNetwork(), "conv9")).toThrow(
      /expected one with feature maps \(maps, .*\), received "conv9"/,
    );
    const input = branchedNetwork().layers[0]!.name; // the image itself: nothing was computed there
    expect(() => findLayer(branchedNetwork(), input)).toThrow(`received "${input}"`);
    const flat = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 2 })] });
    expect(() => findLayer(flat)).toThrow("this model has none");
  });
});
