import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDisplay } from "../src/display.ts";
import { Run } from "../src/index.ts";
import { type Trial, TrialEnded } from "../src/trial/trial.ts";
import { createTrial } from "../src/trial/trials.ts";

const classes = { task: { kind: "classification", numClasses: 10 } } as const;

/** Runs the trial over 100 examples in batches of 40; `lossOf` gives a step's loss. */
function run(trial: Trial, lossOf: (step: number, rate: number) => number, planned?: (step: number) => number) {
  const batches: number[][] = [];
  const rates: number[] = [];
  for (const indices of trial.batches(
    Uint32Array.from({ length: 100 }, (_, i) => i),
    40,
  )) {
    const rate = planned ? trial.rate(planned(batches.length)) : Number.NaN;
    rates.push(rate);
    trial.step(lossOf(batches.length, rate));
    batches.push([...indices]);
  }
  return { batches, rates };
}

test("overfit: the same 32 examples until the loss has fallen to a fiftieth", async () => {
  const trial = createTrial("overfit");
  const { batches } = run(trial, (step) => 2 * 0.5 ** step);
  expect(batches).toHaveLength(7); // 2⁻⁶ < 0.02
  for (const batch of batches) expect(batch).toEqual(Array.from({ length: 32 }, (_, i) => i));
  const { passed, verdict, metrics, figures } = await trial.result(classes);
  expect([passed, verdict]).toEqual([true, "learnt by heart: the loss went from 2.000 to 0.03125 in 7 steps"]);
  expect(metrics).toEqual({ "batch/firstLoss": 2, "batch/lastLoss": 2 / 64 });
  expect(figures["one-batch"]).toContain("<svg");
});

test("overfit: to the project every step is the first, so draws stay the same and its own schedule does not fall", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trial-"));
  const run = new Run({
    ...{ folder, seed: 1, dataFolder: undefined, backend: "auto", resume: false },
    monitor: { metric: "validation/loss", mode: "min" },
    display: createDisplay("quiet"),
    interrupts: { requested: false, stop: () => {} },
    trial: createTrial("overfit"),
  });
  const seen: number[][] = [];
  const train = async () => {
    for await (const indices of run.batches(9, 4)) {
      seen.push([run.steps, run.stepRandom().uniform(), run.rate((step) => step / 10), ...indices]);
      run.step({ loss: 0.05 ** seen.length }, indices.length);
    }
  };
  await expect(train()).rejects.toBeInstanceOf(TrialEnded);
  rmSync(folder, { recursive: true });
  const [first] = seen;
  expect(seen).toHaveLength(3); // 0.05³ is less than a fiftieth of 0.05
  expect(seen.map(([, , rate]) => rate)).toEqual([0, 0.1, 0.2]); // a warm-up goes on
  expect(first![0]).toBe(0);
  for (const [steps, draw, , ...indices] of seen)
    expect([steps, draw, ...indices]).toEqual(first!.filter((_, i) => i !== 2));
});

test("overfit: the rate follows a warm-up and does not fall again", () => {
  const planned = (step: number) => [0.1, 0.2, 0.1, 0.3, 0][step]!;
  const { rates } = run(createTrial("overfit"), (step) => (step < 4 ? 1 : 0), planned);
  expect(rates).toEqual([0.1, 0.2, 0.2, 0.3, 0.3]);
});

test("overfit: 300 steps at ln 10 are called so; a loss that is no number ends it", async () => {
  const stuck = createTrial("overfit");
  expect(run(stuck, () => Math.log(10)).batches).toHaveLength(300);
  expect(await stuck.result({ task: undefined })).toMatchObject({ passed: false });
  expect((await stuck.result(classes)).verdict).toMatch(/^not learnt by heart: .*it never changed/);
  const nearly = createTrial("overfit");
  run(nearly, (step) => Math.log(10) + 1e-3 * (step % 3));
  expect((await nearly.result(classes)).verdict).toContain("it is stuck at ln 10");
  const broken = createTrial("overfit");
  expect(run(broken, (step) => (step < 5 ? 1 : Number.NaN)).batches).toHaveLength(6);
  expect((await broken.result(classes)).verdict).toContain("it was not finite at step 6");
});

test("overfit: a loss that still falls after 300 steps gets up to 1,000", async () => {
  const slow = createTrial("overfit");
  expect(run(slow, (step) => 0.99 ** step).batches).toHaveLength(391); // 0.99³⁹⁰ < 0.02
  expect((await slow.result(classes)).passed).toBe(true);
  const slower = createTrial("overfit");
  expect(run(slower, (step) => 0.998 ** step).batches).toHaveLength(1_000); // 0.14
  expect((await slower.result(classes)).verdict).toContain("it is still falling");
});

test("overfit: where not even the first loss is a number, nothing is drawn and no metric is NaN", async () => {
  const trial = createTrial("overfit");
  run(trial, () => Number.NaN);
  expect(await trial.result(classes)).toMatchObject({ passed: false, metrics: {}, figures: {} });
});

/** A bowl: the rate 0.1 is best, 1 diverges. */
function descent(): (step: number, rate: number) => number {
  let weight = 1;
  return (_, rate) => {
    const loss = weight ** 2;
    weight -= 3 * rate * weight;
    return loss + 0.01;
  };
}

test("findRate: the batches go round, the rate grows, the suggestion lies where the loss falls", async () => {
  const trial = createTrial("findRate");
  const { batches, rates } = run(trial, descent(), () => 0.05);
  expect(batches.slice(0, 4).map(({ length }) => length)).toEqual([40, 40, 20, 40]);
  expect(batches[3]).toEqual(batches[0]);
  expect(rates[0]).toBeCloseTo(1e-6, 12);
  expect(rates.every((rate, i) => i === 0 || rate > rates[i - 1]!)).toBe(true);
  expect(rates.at(-1)).toBeLessThan(10);
  const { passed, metrics, verdict, figures } = await trial.result(classes);
  expect(passed).toBe(true);
  expect(metrics["train/suggestedRate"]).toBeGreaterThan(0.001);
  expect(metrics["train/suggestedRate"]).toBeLessThan(0.5);
  expect(verdict).toMatch(
    /^try a learning rate of about 0\.\d+ \(the project's goes up to 0\.05\): .*where the loss grew$/,
  );
  expect(figures["learning-rate"]).toContain("<svg");
});

test("findRate: a project that does not ask for its rate is told so after one step", async () => {
  const trial = createTrial("findRate");
  expect(run(trial, () => 1).batches).toHaveLength(1);
  expect(await trial.result(classes)).toMatchObject({
    passed: false,
    verdict: expect.stringContaining("take run.rate(schedule)"),
    metrics: {},
    figures: {},
  });
});

test("findRate: a loss that never falls gives no suggestion", async () => {
  const trial = createTrial("findRate");
  expect(
    run(
      trial,
      () => 1,
      () => 0.1,
    ).batches,
  ).toHaveLength(300);
  const { passed, verdict } = await trial.result(classes);
  expect(passed).toBe(false);
  expect(verdict).toContain("no learning rate found: the loss fell nowhere");
});

test("summary: the table of layers, or that there are none; no batch is taken", async () => {
  const trial = createTrial("summary");
  expect(run(trial, () => 1).batches).toEqual([]);
  const layers = [{ name: "dense", outputShape: [null, 3], parameters: 15, trainable: 15, multiplyAdds: 12 }];
  const shown = await trial.result({ ...classes, layers });
  expect(shown.passed).toBe(true);
  expect(shown.verdict).toContain("dense  any × 3          15             12");
  expect(await trial.result(classes)).toMatchObject({
    passed: false,
    verdict: expect.stringContaining("not made of layers"),
  });
});
