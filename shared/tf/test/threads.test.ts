import { UserError } from "@course/core";
import { afterAll, describe, expect, test } from "vitest";
import { adam, batchNormalization, lstm, tf, useBackend } from "../src/index.ts";
import { chooseThreads } from "../src/threads.ts";

describe("chooseThreads", () => {
  test("one for each core by default, as many as asked for otherwise", () => {
    expect(chooseThreads(undefined, 6).threads).toBe(1); // COURSE_THREADS=1 in these tests
    expect(chooseThreads(3, 6)).toEqual({ threads: 3, reason: "" });
  });
  test("no more than there are cores, and says so", () => {
    const reason = "8 threads asked for, 2 used: there are no more cores";
    expect(chooseThreads(8, 2)).toEqual({ threads: 2, reason });
  });
  test.each([0, -1, 1.5, Number.NaN])("refuses %s", (asked) => {
    expect(() => chooseThreads(asked, 2)).toThrow(UserError);
    expect(() => chooseThreads(asked, 2)).toThrow(`threads: expected a whole number from 1, received ${asked}`);
  });
});

describe("results", () => {
  afterAll(async () => void (await useBackend("wasm", { threads: 1 })));

  /** Weights of a small network with every kind of layer after three steps. */
  async function train(threads: number): Promise<number[][]> {
    const report = await useBackend("wasm", { threads });
    expect(report.threads).toBe(Math.min(threads, chooseThreads(threads).threads));
    const seeded = { kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }) };
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          inputShape: [16, 12, 3],
          filters: 20,
          kernelSize: 5,
          padding: "same",
          activation: "relu",
          ...seeded,
        }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        batchNormalization(),
        tf.layers.reshape({ targetShape: [8, 120] }),
        lstm({ units: 33, seed: 1 }),
        tf.layers.dense({ units: 10, ...seeded }),
      ],
    });
    const optimizer = adam({ learningRate: 0.01 });
    for (let step = 1; step <= 3; step++) {
      tf.tidy(() => {
        const x = tf.randomNormal([32, 16, 12, 3], 0, 1, "float32", step);
        const y = tf.oneHot(tf.range(0, 32, 1, "int32").mod(10).toInt(), 10);
        const loss = () =>
          tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
        optimizer.minimize(loss);
      });
    }
    const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
    model.dispose();
    optimizer.dispose();
    return weights;
  }

  test("have the same bits for 1, 2 and 3 threads", async () => {
    const one = await train(1);
    expect(await train(2)).toEqual(one);
    expect(await train(3)).toEqual(one);
  });
});
