import { createRandom } from "@course/core";
import { tf, useBackend } from "@course/tf";
import { afterEach, describe, expect, test } from "vitest";
import { createNetwork, hiddenUnits, variablesOf } from "../src/network.ts";
import { tiny } from "./cases.ts";

await useBackend();
afterEach(() => tf.disposeVariables());
const contexts = (...rows: number[][]) => tf.tensor2d(rows, undefined, "int32");

describe("network", () => {
  test("2.1 hand-worked: two words side by side, one hidden layer with relu, one without", () => {
    const network = createNetwork({ shares: [0.5, 0.5], width: 2, dimension: 1, hidden: [2] }, createRandom(1));
    network.embeddings.assign(tf.tensor2d([[2], [3]]));
    network.kernels[0]!.assign(
      tf.tensor2d([
        [1, -1],
        [10, 1],
      ]),
    );
    network.biases[0]!.assign(tf.tensor1d([0.5, 0]));
    network.kernels[1]!.assign(tf.tensor2d([[1], [100]]));
    network.biases[1]!.assign(tf.tensor1d([-40]));
    // words 1, 0: [3, 2] → [3 + 20 + ½, −3 + 2] = [23.5, −1] → relu [23.5, 0] → 23.5 − 40 = −16.5, which stays negative
    // words 0, 1: [2, 3] → [32.5, 1] → 32.5 + 100 − 40 = 92.5
    const hidden = hiddenUnits(network, contexts([1, 0], [0, 1]));
    expect([...hidden.dataSync()]).toEqual([-16.5, 92.5]);
  });
  test("2.1 no hidden layer, and three", () => {
    for (const hidden of [[], [5, 4, 7]]) {
      const network = createNetwork(
        { shares: Array(11).fill(1 / 11), width: 3, dimension: 2, hidden },
        createRandom(1),
      );
      expect(hiddenUnits(network, contexts([1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 0, 0])).shape).toEqual([4, 2]);
    }
  });
  test("2.1 the order of the context's words matters", () => {
    const values = [...hiddenUnits(tiny(), contexts([1, 2], [2, 1])).dataSync()];
    expect(values.slice(0, 3)).not.toEqual(values.slice(3));
  });
  test("2.1 dropout only where it is asked for; the same draw with the same seed", () => {
    const network = tiny();
    const read = (seed?: number) => [
      ...hiddenUnits(
        network,
        contexts([1, 2], [3, 4]),
        seed === undefined ? undefined : { rate: 0.5, random: createRandom(seed) },
      ).dataSync(),
    ];
    expect(read(1)).toEqual(read(1));
    expect(read(1)).not.toEqual(read(2));
    expect(read()).not.toEqual(read(1));
    expect(read()).toEqual(read());
  });
  test("2.1 dropout of each layer's inputs, hand-worked: one word, sixteen hidden units, all weights 1", () => {
    const network = createNetwork({ shares: [1], width: 1, dimension: 1, hidden: [16] }, createRandom(1));
    for (const weights of [network.embeddings, ...network.kernels]) weights.assign(tf.onesLike(weights));
    const sums = Array.from({ length: 8 }, (_, seed) => {
      const dropout = { rate: 0.5, random: createRandom(seed) };
      return hiddenUnits(network, contexts([0]), dropout).dataSync()[0];
    });
    expect(sums).toContain(0); // the word was dropped; else the sum is four times the hidden units that were not
    expect(new Set(sums).size).toBeGreaterThan(2);
  });
  test("parameters: embeddings, output biases, kernels and biases", () => {
    // 5·3 embeddings + 5 biases; 2·3·4 + 4 hidden; 4·3 + 3 back to the dimension
    expect(variablesOf(tiny()).reduce((sum, { size }) => sum + size, 0)).toBe(15 + 5 + 28 + 15);
  });
  test("starts with the words' shares", () => {
    const network = createNetwork({ shares: [0.5, 0.25, 0], width: 1, dimension: 2, hidden: [] }, createRandom(1));
    expect([...network.bias.dataSync()].slice(0, 2)).toEqual([Math.log(0.5), Math.log(0.25)].map(Math.fround));
    expect(network.bias.dataSync()[2]).toBeLessThan(-20);
  });
});
