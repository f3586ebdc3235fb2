import { describe, expect, test } from "vitest";
import { countClasses, findLeaks, listDatasets, loadFashionMnist } from "../src/index.ts";

const row = (await listDatasets()).find(({ name }) => name === "fashion-mnist")!;

describe.skipIf(row.state !== "cache")(
  "the full Fashion-MNIST (only where the cache holds it: `course data prepare fashion-mnist`)",
  () => {
    test("counts, classes, hash, and no image in both splits", { timeout: 60_000 }, async () => {
      const { train, test: held, provenance } = await loadFashionMnist({ offline: true });
      expect(train.shape).toEqual([60_000, 28, 28, 1]);
      expect(held.shape).toEqual([10_000, 28, 28, 1]);
      expect([...countClasses(train.labels, 10)]).toEqual(Array(10).fill(6000));
      expect(provenance).toMatchObject({ source: "cache", isSubset: false });
      expect(provenance.sha256).toBe("67a8c469ed62a08f6ca1425eb60d50a172b1f73b0c00564d6aba657d6dc42b91");
      expect(findLeaks(train, held)).toBe(0);
    });
  },
);
