import { UserError } from "@course/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countParameters, featureMaps, outputLength } from "../src/sizes.ts";
import { architecture } from "./cases.ts";

const valid = (kernel: number, stride = 1) => ({ kernel, stride, padding: "valid" as const });
const same = (kernel: number, stride = 1) => ({ kernel, stride, padding: "same" as const });

describe("length of an output", () => {
  test("1.1 hand-worked: the course's network, 28 → 24 → 12 → 8 → 4", () => {
    expect(outputLength(28, valid(5))).toBe(24); // 28 − 5 + 1
    expect(outputLength(24, valid(2, 2))).toBe(12);
    expect(outputLength(12, valid(5))).toBe(8);
    expect(outputLength(8, valid(2, 2))).toBe(4);
  });
  test("1.1 a rest that no window fits into is left out; with padding same it has one", () => {
    expect(outputLength(7, valid(2, 2))).toBe(3);
    expect(outputLength(28, valid(5, 2))).toBe(12); // starts 0, 2, … 22
    expect(outputLength(7, same(2, 2))).toBe(4);
    expect(outputLength(28, same(5))).toBe(28);
  });
  test("1.1 counts the starts of the windows, one by one", () => {
    const sizes = fc.record({
      length: fc.integer({ min: 1, max: 40 }),
      kernel: fc.integer({ min: 1, max: 12 }),
      stride: fc.integer({ min: 1, max: 7 }),
    });
    fc.assert(
      fc.property(sizes, ({ length, kernel, stride }) => {
        const starts = Array.from({ length }, (_, i) => i).filter((start) => start % stride === 0);
        expect(outputLength(length, same(kernel, stride))).toBe(starts.length);
        fc.pre(kernel <= length);
        expect(outputLength(length, valid(kernel, stride))).toBe(starts.filter((s) => s + kernel <= length).length);
      }),
    );
  });
  test("1.1 of the whole network, image axes each by itself", () => {
    expect(featureMaps(architecture())).toEqual([
      [12, 12, 32],
      [4, 4, 64],
    ]);
    expect(featureMaps(architecture({ inputShape: [20, 32, 3], pooling: "none", features: [7] }))).toEqual([
      [16, 28, 7],
    ]);
    expect(featureMaps(architecture({ stride: 2, padding: "same" }))[1]).toEqual([2, 2, 64]); // 14, 7, 4, 2
  });
  test("1.1 a window that does not fit is a user's mistake, and named", () => {
    const tooLarge = () => featureMaps(architecture({ kernel: 13 }));
    expect(tooLarge).toThrow(UserError);
    expect(tooLarge).toThrow("convolution 2: a window of 13×13 does not fit into [8, 8] pixels"); // 28 → 16 → 8
    expect(() => featureMaps(architecture({ stride: 2 }))).toThrow(
      "pooling 2: a window of 2×2 does not fit into [1, 1]", // 28 → 12 → 6 → 1
    );
  });
});

describe("number of parameters", () => {
  test("1.2 hand-worked: the course's network has 1,111,946", () =>
    // 5·5·1·32 + 32 = 832; 5·5·32·64 + 64 = 51,264; 4·4·64 · 1024 + 1024 = 1,049,600; 1024 · 10 + 10 = 10,250
    expect(countParameters(architecture())).toBe(1_111_946));
  test("1.2 hand-worked: padding same has three times as many, all in the hidden layer", () =>
    // 7·7·64 · 1024 + 1024 = 3,212,288
    expect(countParameters(architecture({ padding: "same" }))).toBe(832 + 51_264 + 3_212_288 + 10_250));
  test("1.2 hand-worked: colour, one convolution, few units, batch norm", () => {
    const tiny = architecture({ inputShape: [8, 9, 3], features: [2], kernel: 3, hidden: 4, numClasses: 5 });
    // 3·3·3·2 + 2 = 56; maps of [3, 3, 2]: 18 · 4 + 4 = 76; 4 · 5 + 5 = 25
    expect(countParameters(tiny)).toBe(157);
    expect(countParameters({ ...tiny, batchNorm: true })).toBe(157 + 4 * 2);
  });
});
