import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { expectOnly, expectSilence } from "./expect-diagnosis.ts";
import { drawPictures, PIXELS, type Pictures } from "./tiny-data.ts";
import { fitTiny } from "./tiny-regression.ts";
import { trainTiny } from "./tiny-training.ts";

test("inputs divided by 255 twice", async () => {
  const finding = expectOnly(await trainTiny({ scale: (byte) => byte / 255 / 255 }), "input-scale");
  expect(finding.evidence).toContain("lie in [0, 0.0039], expected [0, 1]");
  expect(finding.cause).toContain("scaled twice");
});

test.each([0.2, 1e-4])(
  "inputs not divided at all, whether it diverges or learns (learning rate %d)",
  async (learningRate) => {
    const finding = expectOnly(await trainTiny({ scale: (byte) => byte, learningRate }), "input-scale");
    expect(finding.cause).toContain("not scaled at all");
  },
);

test("features that were not standardised", async () => {
  const table = (count: number) => {
    const x = Array.from({ length: count }, (_, i) => [1900 + (i % 100), (i % 7) / 7]); // a year and a fraction
    return { x, y: x.map(([year, part]) => [(year - 1950) / 50 + part]) };
  };
  const train = table(300);
  const probe = { inputs: { sample: train.x.flat(), expected: "standardised" } } as const;
  const finding = expectOnly(await fitTiny({ train, validation: table(90), learningRate: 1e-8, probe }), "input-scale");
  expect(finding.evidence).toContain("expected about 0 and 1");
});

/** How many examples of `b` are in `a`. */
function countCopies(a: Pictures, b: Pictures): number {
  const hashes = ({ bytes, labels }: Pictures) =>
    Array.from(labels.keys(), (i) =>
      createHash("sha256")
        .update(bytes.subarray(i * PIXELS, (i + 1) * PIXELS))
        .digest("hex"),
    );
  const known = new Set(hashes(a));
  return hashes(b).filter((hash) => known.has(hash)).length;
}

test("the same examples in two splits", async () => {
  const train = drawPictures(1210, { seed: 1 });
  const clean = drawPictures(500, { seed: 2 });
  const bytes = clean.bytes.slice();
  bytes.set(train.bytes.subarray(0, 3 * PIXELS)); // three of them leak
  const leaky = { bytes, labels: Uint8Array.from([...train.labels.subarray(0, 3), ...clean.labels.subarray(3)]) };
  const withHashes = (validation: Pictures) =>
    trainTiny({ train, validation, probe: { duplicates: { "train and validation": countCopies(train, validation) } } });
  const finding = expectOnly(await withHashes(leaky), "leak");
  expect(finding.evidence).toBe("3 in train and validation (of 1,210 train, 500 validation, 0 test)");
  expectSilence(await withHashes(clean));
});
