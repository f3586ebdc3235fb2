import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePicturedRun } from "../fixtures/pictured-run.ts";
import { dig, doubles, type Message, readMessage, readRecords } from "./reader.ts";

let made: Awaited<ReturnType<typeof makePicturedRun>>;
let values: { step: number; tag: string; value: Message }[];
beforeAll(async () => {
  made = await makePicturedRun();
  const [file] = readdirSync(made.folder).filter((name) => name.startsWith("events.out.tfevents."));
  const events = readRecords(join(made.folder, file!)).map(readMessage);
  values = events
    .filter((event) => 5 in event)
    .map((event) => {
      const value = dig(event, 5, 1);
      return { step: Number(event[2]![0]), tag: String(value[1]![0]), value };
    });
});
afterAll(() => made.remove());

const tagged = (tag: string) => values.filter((one) => one.tag === tag);

test("weights once an epoch, at its last step", () => {
  const weights = tagged("model/kernel");
  expect(weights.map(({ step }) => step)).toEqual([20, 40]);
  const histogram = dig(weights[1]!.value, 5);
  // the first weight is 1 + 0.1 · (1 + 1/2 + … + 1/40) = 1.427854, the others are 2 and 3
  expect(histogram[1]![0]).toBeCloseTo(1.427854, 5);
  expect([histogram[2]![0], histogram[3]![0]]).toEqual([3, 3]);
});

test("gradients of the probe's layers once an epoch, kernel and bias together; none of a layer without", () => {
  const gradients = tagged("gradients/dense 1");
  expect(gradients.map(({ step }) => step)).toEqual([20, 40]);
  const histogram = dig(gradients[0]!.value, 5);
  expect([1, 2, 3, 4].map((field) => histogram[field]![0])).toEqual([-0.5, 2, 4, 2.25]); // least, greatest, count, sum
  expect(doubles(histogram[7]![0]).reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(tagged("gradients/flatten")).toEqual([]);
});

test("a sample's picture each epoch, as PNG of the figure's size; the last one as SVG for the report", () => {
  const samples = tagged("samples/bars");
  expect(samples.map(({ step }) => step)).toEqual([20, 40]);
  const image = dig(samples[1]!.value, 4);
  const png = image[4]![0] as Buffer;
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const svg = readFileSync(join(made.folder, "samples", "bars.svg"), "utf8");
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!;
  expect([image[2]![0], image[1]![0]]).toEqual([Number(width), Number(height)]);
  expect(svg).toContain("Epoch 2");
});

test("the learning rate is a scalar", () => {
  const logged = values.filter(({ value, step }) => step === 10 && String(value[1]![0]) === "train/loss");
  expect(logged).toHaveLength(1);
  expect(readFileSync(join(made.folder, "metrics.jsonl"), "utf8")).toContain('"train/rate":0.01');
});
