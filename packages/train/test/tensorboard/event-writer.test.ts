import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { createEventWriter, writeStateHistograms } from "../../src/tensorboard/index.ts";
import { dig, doubles, readMessage, readRecords } from "./reader.ts";
import { PNG } from "./sample-run.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "events-"));
  return () => rmSync(folder, { recursive: true });
});

const options = { now: () => 1_700_000_000_500, host: "host" };
const eventsOf = (path: string) => readRecords(path).map(readMessage);

describe("createEventWriter", () => {
  test("begins with the version and the start of a session", () => {
    const writer = createEventWriter(folder, options);
    writer.close();
    expect(basename(writer.path)).toBe("events.out.tfevents.1700000000.host");
    const [version, start, ...rest] = eventsOf(writer.path);
    expect(version).toEqual({ 1: [1_700_000_000.5], 3: [Buffer.from("brain.Event:2")] });
    expect(start![2]).toEqual([0]);
    expect(dig(start!, 7)).toEqual({ 1: [1] });
    expect(rest).toEqual([]);
  });
  test("a scalar is a float32 under its tag; several share one event", () => {
    const writer = createEventWriter(folder, options);
    writer.scalar("train/loss", 0.1, 3);
    writer.scalars({ a: 1, b: Number.NaN }, 2 ** 40);
    writer.close();
    const [, , one, several] = eventsOf(writer.path);
    expect(one![2]).toEqual([3]);
    expect(dig(one!, 5, 1)).toEqual({ 1: [Buffer.from("train/loss")], 2: [Math.fround(0.1)] });
    expect(several![2]).toEqual([2 ** 40]);
    const values = dig(several!, 5)[1]!.map((value) => readMessage(value as Buffer));
    expect(values).toEqual([
      { 1: [Buffer.from("a")], 2: [1] },
      { 1: [Buffer.from("b")], 2: [Number.NaN] },
    ]);
  });
  test("a histogram, an image and a text", () => {
    const writer = createEventWriter(folder, options);
    writer.histogram("w", [1, 1], 0);
    writer.image("i", PNG, 0);
    writer.text("t", "½", 0);
    writer.close();
    const [, , histogram, image, text] = eventsOf(writer.path);
    const { 6: limits, 7: counts, ...moments } = dig(histogram!, 5, 1, 5);
    expect(moments).toEqual({ 1: [1], 2: [1], 3: [2], 4: [2], 5: [2] });
    expect([doubles(limits![0]), doubles(counts![0])]).toEqual([[1], [2]]);
    expect(dig(image!, 5, 1, 4)).toEqual({ 1: [2], 2: [3], 3: [3], 4: [PNG] });
    expect(dig(text!, 5, 1, 8)).toEqual({ 1: [7], 2: [Buffer.alloc(0)], 8: [Buffer.from("½")] });
    expect(dig(text!, 5, 1, 9, 1)).toEqual({ 1: [Buffer.from("text")] });
  });
  test("a resumed run's file sorts after the first and starts after the checkpoint's step", () => {
    const paths = [
      createEventWriter(folder, options),
      createEventWriter(folder, { ...options, resumeAfter: 40, now: () => 0 }),
    ].map((writer) => {
      writer.close();
      return writer.path;
    });
    expect(readdirSync(folder).sort()).toEqual(paths.map((path) => basename(path)));
    expect(eventsOf(paths[1]!)[1]![2]).toEqual([41]);
  });
  test("flush hands over what is pending; megabytes do not wait for it", () => {
    const writer = createEventWriter(folder, options);
    writer.scalar("a", 1, 1);
    expect(statSync(writer.path).size).toBe(0);
    writer.flush();
    expect(eventsOf(writer.path)).toHaveLength(3);
    writer.text("long", "x".repeat(2 ** 20), 2);
    expect(eventsOf(writer.path)).toHaveLength(4);
    writer.close();
  });
  test("makes the folder", () => {
    const writer = createEventWriter(join(folder, "a/b"), options);
    writer.close();
    expect(readdirSync(join(folder, "a/b"))).toHaveLength(1);
  });
  test.each([-1, 0.5, Number.NaN])("refuses step %s", (step) => {
    const writer = createEventWriter(folder, options);
    expect(() => writer.scalar("a", 1, step)).toThrow(
      `event writer: expected a step that is an integer from 0 up, received ${step}`,
    );
    writer.close();
  });
  test("is closed once, and refuses to write after that", () => {
    const writer = createEventWriter(folder, options);
    writer.close();
    writer.close();
    expect(() => writer.scalar("a", 1, 1)).toThrow(`event writer: ${writer.path} is closed`);
  });
  test("a damaged record does not pass the tests' reader", () => {
    const writer = createEventWriter(folder, options);
    writer.close();
    const bytes = readFileSync(writer.path);
    expect(() => readRecords(writer.path)).not.toThrow();
    bytes[20]! ^= 1;
    const path = join(folder, "damaged");
    writeFileSync(path, bytes);
    expect(() => readRecords(path)).toThrow("data at 0");
  });
});

test("histograms of the float arrays of what a run tracks", () => {
  const writer = createEventWriter(folder, options);
  const model = {
    state: () => ({ arrays: { kernel: Float32Array.of(1, 2), ids: Int32Array.of(1) } }),
    restore: () => {},
  };
  const optimizer = { state: () => ({ arrays: { velocity: Float64Array.of(0) } }), restore: () => {} };
  writeStateHistograms(writer, { model, optimizer }, 5);
  writer.close();
  const tags = eventsOf(writer.path)
    .slice(2)
    .map((event) => String(dig(event, 5, 1)[1]![0]));
  expect(tags).toEqual(["model/kernel", "optimizer/velocity"]);
});
