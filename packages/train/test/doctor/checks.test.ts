import fc from "fast-check";
import { expect, test } from "vitest";
import { CHECKS, diagnose } from "../../src/doctor/checks.ts";
import type { EpochRecord, History } from "../../src/doctor/history.ts";
import type { Probe } from "../../src/index.ts";
import { epochOf } from "./epoch-of.ts";

const historyOf = (...epochs: EpochRecord[]): History => ({ epochs, jumps: [], readings: [] });
const found = (history: History, probe: Probe = {}) => diagnose(history, probe).map(({ check }) => check);

test("a history without anything: every check is silent", () => expect(found(historyOf())).toEqual([]));

test.each([
  ["validation/iou", -0.1, true],
  ["validation/boxIou", 0.4, false],
  ["validation/giou", -0.4, false],
  ["validation/r2", 1.01, true],
  ["validation/R²", -0.2, false],
  ["validation/accuracy", 1 + 1e-7, false], // rounding
  ["validation/mAP50", 1.2, true],
  ["validation/macroF1", 61, true],
  ["validation/perplexity", 0.7, true],
  ["validation/rmse", -1, true],
  ["validation/layer2", 30, false],
  ["validation/reward", -30, false],
  ["validation/reward", Number.NaN, true],
  ["validation/loss", -0.3, false], // of an unknown kind
])("%s of %d is out of range: %s", (name, value, isOut) =>
  expect(found(historyOf(epochOf([1, 1], { [name]: value })))).toEqual(isOut ? ["metric-range"] : []),
);

test("a cross-entropy below zero is out of range", () => {
  const probe: Probe = { task: { kind: "classification", numClasses: 3 } };
  expect(found(historyOf(epochOf([1, 1], { "validation/loss": -0.3 })), probe)).toEqual(["metric-range"]);
});

test.each<[what: string, sample: number[], expected: [number, number] | "standardised", isOut: boolean]>([
  ["a full range", [0, 0.5, 1], [0, 1], false],
  ["bytes", [0, 128, 255], [0, 1], true],
  ["scaled twice", [0, 0.5 / 255, 1 / 255], [0, 1], true],
  ["scaled once for [−1, 1]", [0, 0.5, 1], [-1, 1], false],
  ["a little overshoot of resizing", [-0.05, 1.05], [0, 1], false],
  ["dark, not scaled twice", [0, 0.05], [0, 1], false],
  ["a missing value", [0, Number.NaN], [0, 1], true],
  ["all the same", [0.5, 0.5], [0, 1], true],
  ["standardised", [-1, 0, 1], "standardised", false],
  ["prices", [100, 200, 300], "standardised", true],
])("inputs: %s", (_, sample, expected, isOut) =>
  expect(found(historyOf(), { inputs: { sample, expected } })).toEqual(isOut ? ["input-scale"] : []),
);

test.each([
  ["the mean over batches", (4 + 3 + 2 + 1) / 4],
  ["the mean over all batches but the last", (4 + 3 + 2) / 3],
  ["the sum of the batches' means divided by the number of examples", 10 / 35],
  ["the sum of the batches' means", 10],
  ["the sum over examples", 40 + 30 + 20 + 5],
])("a training loss that is %s", (what, value) => {
  const history = historyOf(epochOf([4, 3, 2, 1], { "train/loss": value }, { rest: 5 }));
  expect(diagnose(history, {})[0]).toMatchObject({ check: "batch-mean", evidence: expect.stringContaining(what) });
});

test("the mean over examples, or a loss of another kind, is not called a mistake", () => {
  for (const value of [95 / 35, 2.6, 2.65])
    expect(found(historyOf(epochOf([4, 3, 2, 1], { "train/loss": value }, { rest: 5 })))).toEqual([]);
});

const trained = (metrics: Record<string, number>) =>
  historyOf(...[1, 2, 3].map((epoch) => epochOf(new Array(50).fill(1 / epoch), metrics, { epoch })));

test.each([
  ["test/accuracy", 0.3, 0.3, true],
  ["test/accuracy", 0.31, 0.3, false],
  ["test/loss", 0.31, 0.3, true],
  ["test/perplexity", 90, 97, false],
  ["test/r2", 0.2, 0.1, false],
])("%s %d beside a baseline of %d is no better: %s", (metric, value, baseline, isWorse) => {
  const outcome = { metrics: { [metric]: value }, baselines: { rule: baseline }, baselineMetric: metric };
  expect(found({ ...trained({}), outcome })).toEqual(isWorse ? ["worse-than-baseline"] : []);
});

test("R² below 0 is worse than the mean, once the run has ended", () => {
  const history = trained({ "validation/r2": -4.285 });
  expect(found(history)).toEqual([]);
  const outcome = { metrics: {}, baselines: {}, baselineMetric: "validation/r2" };
  expect(found({ ...history, outcome })).toEqual(["worse-than-baseline"]);
});

test("what follows from a finding is left out beside it", () => {
  const probe: Probe = { task: { kind: "classification", numClasses: 10 } };
  const metrics = { "validation/loss": Math.log(10), "validation/accuracy": 0.1 };
  const outcome = { metrics, baselines: { majority: 0.1 }, baselineMetric: "validation/accuracy" };
  const stuck = historyOf(...[1, 2, 3].map((epoch) => epochOf(new Array(50).fill(Math.log(10)), metrics, { epoch })));
  const history: History = { ...stuck, dataset: { train: 500, validation: 100, test: 0 }, outcome };
  expect(found(history, probe)).toEqual(["stuck-loss"]);
  const dead = { step: 150, epoch: 3, loss: 2.3, layers: [{ name: "hidden", deadShare: 1, gradientNorm: 0 }] };
  expect(found({ ...history, readings: [dead, dead] }, probe)).toEqual(["dead-units"]);
});

test("a loss that lies at ln C after a few steps only is not called stuck", () => {
  const probe: Probe = { task: { kind: "classification", numClasses: 10 } };
  const metrics = { "validation/loss": 2.31, "validation/accuracy": 0.1 };
  const epochs = [1, 2, 3].map((epoch) => epochOf(new Array(9).fill(2.31), metrics, { epoch }));
  const outcome = { metrics, baselines: { majority: 0.1 }, baselineMetric: "validation/accuracy" };
  expect(found({ ...historyOf(...epochs), dataset: { train: 90, validation: 50, test: 0 }, outcome }, probe)).toEqual(
    [],
  );
});

test("no check throws or changes its mind on any history", () => {
  const loss = fc.double({ min: 0, max: 1e3, noNaN: true });
  const epoch = fc.tuple(
    fc.array(loss, { minLength: 1, maxLength: 60 }),
    loss,
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  const probe: Probe = { task: { kind: "classification", numClasses: 4 }, labels: { validation: [0, 1, 2, 3, 3] } };
  fc.assert(
    fc.property(fc.array(epoch, { maxLength: 8 }), (epochs) => {
      const records = epochs.map(([losses, validation, accuracy], i) =>
        epochOf(losses, { "validation/loss": validation, "validation/accuracy": accuracy }, { epoch: i + 1 }),
      );
      const history = { ...historyOf(...records), dataset: { train: 100, validation: 5, test: 5 } };
      const saved = JSON.parse(JSON.stringify(history)) as History;
      for (const check of CHECKS) expect(check.find(saved, probe)).toEqual(check.find(history, probe));
    }),
  );
});

test("every check has an id of its own, and explains only checks that there are", () => {
  const ids = CHECKS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { explains } of CHECKS) for (const id of explains) expect(ids).toContain(id);
});
