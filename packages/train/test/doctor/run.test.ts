import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { readSummary } from "../../src/index.ts";
import { expectSilence } from "./expect-diagnosis.ts";
import { createTinyRun } from "./tiny-run.ts";

const SCRIPT = join(import.meta.dirname, "parabola-experiment.ts");
let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "diagnosis-"));
  return () => rmSync(out, { recursive: true });
});

function runParabola(...args: string[]) {
  const child = spawnSync(process.execPath, [SCRIPT, "--out", out, ...args], { encoding: "utf8" });
  const folder = join(out, "parabola", readFileSync(join(out, "parabola", "latest"), "utf8").trim());
  return { ...child, folder, summary: readSummary(folder) };
}

test("a sound run: nothing in the console, the summary and the report", () => {
  const { stderr, folder, summary } = runParabola();
  expect(stderr).toBe("");
  expectSilence({ findings: summary.diagnosis, warnings: [] });
  expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("The training doctor found nothing.");
});

test("a finding stands once in the console, in the summary, and in the report with evidence and cause", () => {
  const { stderr, folder, summary } = runParabola("--percent");
  const evidence = "validation/accuracy is 100, expected a number in [0, 1]";
  expect(summary.diagnosis).toEqual([
    {
      check: "metric-range",
      sign: "a metric outside its range",
      evidence,
      cause: "Likely percent where a fraction is meant, or a sum divided by too small a count",
      epoch: 1,
      step: 200,
    },
  ]);
  expect(stderr.split("\n").filter(Boolean)).toEqual([
    expect.stringContaining(`a metric outside its range (epoch 1, step 200): ${evidence}. Likely percent`),
  ]);
  const html = readFileSync(join(folder, "report.html"), "utf8");
  expect(html).toContain("<h3>a metric outside its range (epoch 1, step 200)</h3>");
  expect(html).toContain(evidence);
});

test("--json: a finding is an event", () => {
  const events = runParabola("--percent", "--json")
    .stdout.trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.filter(({ event }) => event === "warning")).toHaveLength(1);
  expect(events.at(-1).diagnosis).toHaveLength(1);
});

test("a run that ends in a loss that is not a number: the layer and the step are in the summary", () => {
  const { status, stderr, summary } = runParabola("--learningRate", "40");
  expect(status).toBe(1);
  expect(summary.status).toBe("failed");
  expect(summary.diagnosis.map(({ check }) => check)).toEqual(["exploding-gradient"]);
  expect(stderr).toContain("most of it in weight");
});

/** Loss and accuracy of a run that stays at chance, from the epoch it is in to the fourth. */
async function trainAtChance(tiny: ReturnType<typeof createTinyRun>, last: number): Promise<void> {
  const { run } = tiny;
  const weight = new Float64Array(1);
  const provenance = { name: "coins", source: "computed", sha256: "0".repeat(64), isSubset: false };
  run.useDataset({ provenance, train: 80, validation: 40, test: 0 });
  run.track({ model: { state: () => ({ arrays: { weight } }), restore: ({ arrays }) => weight.set(arrays.weight) } });
  run.probe({ task: { kind: "classification", numClasses: 2 } });
  for (const epoch of run.epochs(4)) {
    if (epoch > last) return;
    for await (const indices of run.batches(80, 2)) {
      const isHeads = run.stepRandom().uniform() < 0.5;
      weight[0] += isHeads ? 0.01 : -0.01; // follows a coin
      run.step({ loss: Math.log(1 + Math.exp(isHeads ? -weight[0] : weight[0])) }, indices.length);
    }
    run.endEpoch({ "validation/loss": Math.log(2), "validation/accuracy": 0.5 });
  }
}

test.each([1, 2, 3])(
  "a run resumed after epoch %d warns of what the first part did not, and finds the same",
  async (last) => {
    const whole = createTinyRun(1);
    await trainAtChance(whole, 4);
    const first = createTinyRun(1);
    await trainAtChance(first, last);
    const second = createTinyRun(1, { resumeFrom: first.folder });
    await trainAtChance(second, 4);
    expect(second.run.state.doctor.diagnose()).toEqual(whole.run.state.doctor.diagnose());
    expect(whole.run.state.doctor.diagnose().map(({ check }) => check)).toEqual(["stuck-loss"]);
    expect([...first.warnings, ...second.warnings]).toEqual(whole.warnings);
    for (const { remove } of [whole, first]) remove();
  },
);
