import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { datasetHash } from "../src/hash/dataset-hash.ts";
import { exampleHashes, findLeaks } from "../src/hash/leaks.ts";
import type { ImageSet } from "../src/images/image-set.ts";
import { takeImages } from "../src/images/select.ts";

const SET: ImageSet = {
  images: Uint8Array.of(1, 2, 3, 4, 1, 2),
  shape: [3, 1, 2, 1],
  labels: Uint8Array.of(0, 1, 1),
  classes: ["a", "b"],
};

describe("datasetHash", () => {
  const hash = (change: Partial<ImageSet> = {}) => datasetHash({ train: { ...SET, ...change } });
  test("is SHA-256 over header, pixels and 16-bit labels", () => {
    const header = '{"name":"train","shape":[3,1,2,1],"classes":["a","b"]}\n';
    const content = [...new TextEncoder().encode(header), ...SET.images, 0, 0, 1, 0, 1, 0];
    expect(hash()).toBe(createHash("sha256").update(Uint8Array.from(content)).digest("hex"));
  });
  test("changes with a pixel, a label, the shape, the classes, the split", () => {
    const hashes = [
      hash(),
      hash({ images: Uint8Array.of(1, 2, 3, 4, 1, 3) }),
      hash({ labels: Uint8Array.of(0, 1, 0) }),
      hash({ shape: [3, 2, 1, 1] }),
      hash({ classes: ["a", "c"] }),
      datasetHash({ test: SET }),
      datasetHash({ train: SET, test: SET }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
  test("does not change with the type of the labels", () =>
    expect(datasetHash({ train: { ...SET, labels: Uint16Array.from(SET.labels) } })).toBe(hash()));
});

describe("findLeaks", () => {
  test("equal pixels have equal hashes, whatever the label", () => {
    const [first, second, third] = exampleHashes(SET);
    expect(third).toBe(first);
    expect(second).not.toBe(first);
  });
  test("counts the examples of the second set that are in the first", () => {
    expect(findLeaks(takeImages(SET, [1]), takeImages(SET, [0, 2]))).toBe(0);
    expect(findLeaks(takeImages(SET, [0]), SET)).toBe(2);
    expect(findLeaks(SET, takeImages(SET, [0]))).toBe(1);
    expect(findLeaks(exampleHashes(SET), exampleHashes(SET))).toBe(3);
  });
});
