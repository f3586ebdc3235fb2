import { createRandom } from "@course/core";
import { tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import { evaluate } from "../src/evaluate.ts";
import { createNetwork } from "../src/network.ts";
import { ids } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());

/** Answers by the output's biases alone: p = [½, ⅜, ⅛] after every context. */
function fixed() {
  const network = createNetwork({ shares: [0.5, 0.375, 0.125], width: 1, dimension: 2, hidden: [] }, createRandom(1));
  network.embeddings.assign(tf.zeros([3, 2]));
  return network;
}

describe("evaluation", () => {
  test("6.1 hand-worked: the mean over places; <unk>, though likeliest, is never the answer", () => {
    const { loss, accuracy, right } = evaluate(fixed(), {
      contexts: ids(0, 1, 2, 0),
      targets: ids(1, 0, 2, 1),
      width: 1,
    });
    expect([...right]).toEqual([1, 0, 0, 1]); // always answers 1
    expect(accuracy).toBe(0.5);
    expect(loss).toBeCloseTo((2 * Math.log(8 / 3) + Math.log(2) + Math.log(8)) / 4, 6);
  });
  test("6.1 more places than a batch: the last, smaller batch counts as many places as it has", () => {
    const targets = Int32Array.from({ length: 1030 }, (_, i) => Number(i >= 1024) + 1); // 512 + 512 + 6 places
    const { loss, accuracy, right } = evaluate(fixed(), { contexts: new Int32Array(1030), targets, width: 1 });
    expect(accuracy).toBeCloseTo(1024 / 1030, 12);
    expect(right.slice(-6)).toEqual(new Uint8Array(6));
    expect(loss).toBeCloseTo((1024 * Math.log(8 / 3) + 6 * Math.log(8)) / 1030, 6);
  });
  test("leaves no tensor behind", () => {
    const network = fixed();
    const before = tf.memory().numTensors;
    evaluate(network, { contexts: ids(0, 1), targets: ids(1, 1), width: 1 });
    expect(tf.memory().numTensors).toBe(before);
  });
});
