import { createRandom } from "@course/core";
import { expect, test } from "vitest";
import { Doctor } from "../../src/doctor/doctor.ts";
import type { Probe } from "../../src/index.ts";

const probe: Probe = {
  task: { kind: "classification", numClasses: 10 },
  inputs: { sample: [0, 255], expected: [0, 1] },
};

/** Steps from `from` to `to` of a run of 20 steps an epoch whose loss and gradient grow. */
function follow(doctor: Doctor, { from, to }: { from: number; to: number }): void {
  const random = createRandom(7);
  const losses = Array.from({ length: 200 }, (_, i) => 2.3 + random.uniform(0, 0.1) + (i > 70 ? i : 0));
  for (let step = from; step <= to; step++) {
    const epoch = Math.ceil(step / 20);
    const loss = losses[step - 1];
    doctor.step({ step, epoch, loss, examples: 16, gradientNorm: loss * loss });
    if (step % 20 === 0) doctor.endEpoch({ step, epoch, "train/epochLoss": loss, "validation/loss": loss });
  }
}

function start(tell = probe) {
  const warnings: string[] = [];
  const doctor = new Doctor((line) => warnings.push(line));
  doctor.dataset = { train: 320, validation: 50, test: 0 };
  doctor.probe(tell);
  return { doctor, warnings };
}

test("warns once of each finding, and goes on finding it", () => {
  const { doctor, warnings } = start();
  follow(doctor, { from: 1, to: 60 });
  expect(warnings.filter((line) => line.startsWith("inputs outside"))).toHaveLength(1);
  expect(doctor.diagnose().map(({ check }) => check)).toContain("input-scale");
  expect(warnings).toHaveLength(doctor.diagnose().length);
});

test.each([1, 19, 20, 21, 75, 119])("a run that is resumed after step %d is diagnosed like one that was not", (at) => {
  const tell: Probe = { task: { kind: "classification", numClasses: 10 } };
  const whole = start(tell);
  follow(whole.doctor, { from: 1, to: 120 });
  const first = start(tell);
  follow(first.doctor, { from: 1, to: at });
  const second = start(tell);
  second.doctor.restore(first.doctor.state());
  follow(second.doctor, { from: at + 1, to: 120 });
  expect([...first.warnings, ...second.warnings]).toEqual(whole.warnings);
  expect(second.doctor.diagnose()).toEqual(whole.doctor.diagnose());
  expect(whole.doctor.diagnose().map(({ check }) => check)).toContain("exploding-gradient");
});

test("what is not finite survives a checkpoint", () => {
  const first = start({});
  first.doctor.step({ step: 1, epoch: 1, loss: 1, examples: 4, gradientNorm: 1 });
  const infinity = Number.POSITIVE_INFINITY;
  first.doctor.step({ step: 2, epoch: 1, loss: infinity, examples: 4, gradientNorm: infinity });
  first.doctor.endEpoch({ step: 2, epoch: 1, "train/epochLoss": 5, "validation/f1": Number.NaN });
  const second = start({});
  second.doctor.restore(first.doctor.state());
  expect(second.doctor.diagnose()).toEqual(first.doctor.diagnose());
  expect(second.doctor.diagnose().map(({ check }) => check)).toEqual(["metric-range", "exploding-gradient"]);
});

test("a checkpoint of an older version, without the doctor's state, is taken as a new start", () => {
  const { doctor, warnings } = start({});
  doctor.restore(undefined);
  follow(doctor, { from: 21, to: 40 });
  expect(warnings).toEqual([]);
});

test.each([[1], [20]])("a gradient that is not a number after step %d stops the run, and the layer is named", (at) => {
  let now = 0;
  const gradients = () => [[1, now === at ? Number.NaN : 2], [3]];
  const { doctor } = start({ layers: () => [{ name: "conv 1" }, { name: "dense 1", gradients: gradients() }] });
  const train = () => {
    for (now = 1; now <= 20; now++) doctor.step({ step: now, epoch: 1, loss: 1 / now, examples: 4 });
    now = 20;
    doctor.endEpoch({ step: 20, epoch: 1, "train/epochLoss": 0.1 });
  };
  expect(train).toThrow(`gradient of dense 1 at step ${at} (epoch 1): expected finite numbers, its norm is NaN`);
  const findings = doctor.diagnose();
  expect(findings.map(({ check, step }) => [check, step])).toEqual([["exploding-gradient", at]]);
  expect(findings[0].evidence).toContain("most of it in dense 1");
});

test("an epoch without a step is left out", () => {
  const { doctor } = start({});
  doctor.endEpoch({ step: 0, epoch: 1, "train/epochLoss": Number.NaN });
  expect(doctor.diagnose()).toEqual([]);
});

test("reads the layers after the first and last step of an epoch, and when the loss doubles", () => {
  const steps: number[] = [];
  let now = 0;
  const { doctor } = start({
    layers: () => {
      steps.push(now);
      return [{ name: "a", gradientNorm: 1 }];
    },
  });
  const losses = [1, 0.9, 0.8, 0.7, 0.6, 2.5, 2.6, 9, 1, 1];
  for (const loss of losses) {
    now++;
    doctor.step({ step: now, epoch: now <= 5 ? 1 : 2, loss, examples: 4 });
    if (now % 5 === 0) doctor.endEpoch({ step: now, epoch: now / 5, "train/epochLoss": loss });
  }
  // 1 and 5 frame the first epoch; 6 jumps to over 2 · 1, 8 to over 2 · 2.5; 10 ends the second
  expect(steps).toEqual([1, 5, 6, 8, 10]);
});
