import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom, UserError } from "@course/core";
import { tf, useBackend } from "@course/tf";
import { beforeEach, describe, expect, test } from "vitest";
import { config } from "../src/config.ts";
import { loadSplits } from "../src/data.ts";
import { countParameters } from "../src/sizes.ts";
import { readFlags } from "../study/flags.ts";
import { summarise, tInterval } from "../study/statistics.ts";
import { StudyFile, type StudyRun, type StudySettings } from "../study/study-file.ts";
import { studyTable } from "../study/table.ts";
import { trainOne } from "../study/train-one.ts";
import { BASE, VARIANTS } from "../study/variants.ts";
import golden from "./golden/student-t.json" with { type: "json" };

await useBackend();

const measured = { parameters: 10, validationLoss: 0.1, seconds: 2 };
const run = (variant: { axis: string; name: string }, seed: number, validationAccuracy: number): StudyRun => ({
  ...{ axis: variant.axis, name: variant.name, change: "{}", seed },
  ...{ ...measured, validationAccuracy },
});

describe("interval of a mean", () => {
  test.each(golden.cases)("as SciPy has it: $values", ({ values, low, high }) => {
    const interval = tInterval(values);
    expect(interval.low).toBeCloseTo(low, 5);
    expect(interval.high).toBeCloseTo(high, 5);
  });
  test("hand-worked for two values: mean ± 12.706 · half their distance", () =>
    // sd / √2 is half the distance; t for one degree of freedom is tan(0.475 π) = 12.7062
    expect(tInterval([1, 3]).high).toBeCloseTo(2 + Math.tan(0.475 * Math.PI), 5));
  test("one value has none, eleven are beyond the table", () => {
    expect(() => tInterval([1])).toThrow("expected 2 to 10 values, received 1");
    expect(() => tInterval(Array(11).fill(1))).toThrow("received 11");
  });
});

describe("effect of a variant", () => {
  const variant = VARIANTS[0]!;
  const base = [run(BASE, 1, 0.9), run(BASE, 2, 0.8), run(BASE, 3, 0.85)];

  test("hand-worked: differences seed by seed, so that what the seeds share cancels", () => {
    const row = summarise(variant, [...base, run(variant, 2, 0.82), run(variant, 1, 0.91), run(variant, 3, 0.88)]);
    expect(row.accuracy.mean).toBeCloseTo(0.87, 12);
    expect(row.effect!.mean).toBeCloseTo(0.02, 12);
    // sd 0.01, t 4.302653 for two degrees of freedom
    expect(row.effect!.high - row.effect!.mean).toBeCloseTo((4.302653 * 0.01) / Math.sqrt(3), 8);
    expect(row.verdict).toBe("no clear difference");
    expect(row).toMatchObject({ axis: "features", parameters: 10, seconds: 2 });
  });
  test("a verdict only where the interval excludes 0", () => {
    const shifted = (shift: number) =>
      summarise(variant, [
        ...base,
        ...base.map((one, i) => run(variant, one.seed, one.validationAccuracy + shift + i / 1e4)),
      ]);
    expect(shifted(0.02).verdict).toBe("better");
    expect(shifted(-0.02).verdict).toBe("worse");
    expect(shifted(0).verdict).toBe("no clear difference");
  });
  test("the default settings have no effect to themselves", () =>
    expect(summarise(BASE, base)).toMatchObject({
      effect: undefined,
      verdict: "",
      accuracy: { sd: expect.closeTo(0.05, 9) },
    }));
  test("without its partner a run cannot be compared", () =>
    expect(() => summarise(variant, [run(variant, 9, 0.5), ...base])).toThrow("default settings with seed 9"));
  test("the table says it in Markdown", () => {
    const rows = [BASE, variant].map((one) =>
      summarise(one, [...base, ...base.map((b) => run(variant, b.seed, 0.75))]),
    );
    const lines = studyTable(rows).split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[3]).toBe(
      "| features | 16 and 32 | 0.7500 ± 0.0000 | −0.1000 | −0.2242 to +0.0242 | no clear difference | 10 | 2.0 |",
    );
  });
});

describe("variants", () => {
  test("every axis that the course asks for, each row once", () => {
    const axes = new Set(VARIANTS.map(({ axis }) => axis));
    for (const axis of ["features", "padding", "kernel", "stride", "activation", "pooling", "optimizer"])
      expect(axes).toContain(axis);
    expect(new Set(VARIANTS.map(({ axis, name }) => `${axis}/${name}`)).size).toBe(VARIANTS.length);
  });
  test.each(VARIANTS)("$axis: $name is a change, and fits 28×28 pixels", ({ change }) => {
    const defaults = config.parse({});
    const changed = config.parse({ ...defaults, ...change });
    expect(changed).not.toEqual(defaults);
    expect(countParameters({ ...changed, inputShape: [28, 28, 1], numClasses: 10 })).toBeGreaterThan(1000);
  });
});

describe("one training of the study", () => {
  test("one seed gives one result, another seed another; no tensor stays", async () => {
    const source = config.parse({ epochs: 2, hidden: 32, features: [4, 8], batchNorm: true });
    const options = { offline: true, limit: 160, validationShare: 1 / 4 };
    const splits = await loadSplits(source, createRandom(1), options);
    expect(Math.abs(splits.validation.shape[0] - 40)).toBeLessThanOrEqual(5); // each class is rounded
    const before = tf.memory().numTensors;
    const [a, b, c] = [1, 1, 2].map((seed) => {
      const { seconds: _, ...result } = trainOne(source, seed, splits);
      return result;
    });
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("study file", () => {
  const settings: StudySettings = { dataset: "digits", sha256: "ab", epochs: 4, train: 60, validation: 20 };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "study-"));
    return () => rmSync(folder, { recursive: true });
  });

  test("goes on where it stopped", () => {
    const file = new StudyFile(folder, settings);
    file.add(VARIANTS[0]!, 3, { ...measured, validationAccuracy: 0.9 });
    const again = new StudyFile(folder, settings);
    expect(again.find(VARIANTS[0]!, 3)).toMatchObject({ seed: 3, validationAccuracy: 0.9, axis: "features" });
    expect(again.find(VARIANTS[0]!, 4)).toBeUndefined();
    expect(again.find(VARIANTS[1]!, 3)).toBeUndefined();
    expect(again.find({ ...VARIANTS[0]!, change: { kernel: 9 } }, 3)).toBeUndefined();
    again.write({ rows: [1] });
    expect(JSON.parse(readFileSync(again.path, "utf8"))).toMatchObject({ settings, rows: [1], runs: [{ seed: 3 }] });
  });
  test("refuses runs of other settings, and a damaged file", () => {
    new StudyFile(folder, settings).write();
    expect(() => new StudyFile(folder, { ...settings, epochs: 5 })).toThrow(
      "expected a study with epochs 5, received one with 4",
    );
    writeFileSync(join(folder, "study-digits.json"), '{"settings"');
    expect(() => new StudyFile(folder, settings)).toThrow(UserError);
  });
});

describe("flags", () => {
  test("defaults, and values", () => {
    expect(readFlags([])).toMatchObject({ dataset: "digits", epochs: 4, seeds: [1, 2, 3, 4, 5], limit: undefined });
    expect(readFlags(["--", "--dataset", "fashion-mnist", "--seeds", "4,5"])).toMatchObject({ seeds: [4, 5] });
  });
  test.each([
    [["--epoch", "3"], "--epoch"],
    [["--epochs", "x"], '--epochs: expected a whole number above 0, received "x"'],
    [["--seeds", "1,1"], "--seeds: expected 2 to 10 different seeds, received 1"],
    [["--dataset", "fashion"], 'no data set "fashion" here'],
  ])("%j is a user's mistake", (args, message) => {
    expect(() => readFlags(args)).toThrow(message);
    expect(() => readFlags(args)).toThrow(UserError);
  });
});
