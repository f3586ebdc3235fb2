import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMetrics, readSummary } from "@course/train";
import { endAfterAnEpoch } from "@course/train/testing";
import { beforeEach, expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "..", "src", "train.ts");
const TINY = ["--preset", "smoke", "--limit", "15000", "--epochs", "3", "--dropout", "0.3", "--batchSize", "32"];

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "runs-"));
  return () => rmSync(out, { recursive: true });
});

const start = (args: string[]) => spawnSync(process.execPath, [SCRIPT, "--out", out, ...args], { encoding: "utf8" });
const latest = () => join(out, "rnn-vs-mlp", readFileSync(join(out, "rnn-vs-mlp", "latest"), "utf8").trim());
/** All but seconds, which differ from run to run. */
const resultOf = (folder: string) =>
  Object.entries(readSummary(folder).metrics).filter(([name]) => !/seconds|PerSecond/.test(name));

test("five models side by side: figures, intervals, baselines; killed and resumed it ends with the same result", async () => {
  expect(start(["--quiet", ...TINY])).toMatchObject({ status: 0 });
  const whole = latest();
  const summary = readSummary(whole);
  expect(Object.keys(summary.baselines)).toEqual(["majority form", "count table"]);
  expect(Object.keys(summary.metrics)).toEqual(
    expect.arrayContaining([
      "test/accuracy",
      "test/macroF1",
      "gru/seconds",
      "bilstm/examplesPerSecond",
      "difference/recurrent-mlp-low",
    ]),
  );
  expect(readdirSync(join(whole, "figures")).sort()).toEqual([
    ...["accuracy.svg", "confusion.svg", "differences.svg", "macro-f1.svg", "seconds.svg"],
  ]);
  const epochs = readMetrics(join(whole, "metrics.jsonl")).filter((line) => "validation/accuracy" in line);
  expect(epochs).toHaveLength(3);
  for (const line of epochs) expect(line["validation/attention"]).toBeGreaterThanOrEqual(0);

  await endAfterAnEpoch(SCRIPT, ["--out", out, ...TINY], "SIGKILL");
  const resumed = latest();
  expect(resumed).not.toBe(whole);
  expect(start(["--resume", "--quiet"]).status).toBe(0);
  expect(resultOf(resumed)).toEqual(resultOf(whole));
}, 120_000);

test("one model alone; a run of vectors that is not there and a text in another language end in one line and exit code 2", () => {
  expect(start([...TINY, "--quiet", "--epochs", "1", "--model", "mlp"])).toMatchObject({ status: 0 });
  expect(readSummary(latest()).metrics["gru/accuracy"]).toBeUndefined();
  const data = join(out, "own");
  mkdirSync(data);
  writeFileSync(join(data, "texte.txt"), Array(40).fill("Le chat dort sur la table et le chien mange.").join("\n\n"));
  for (const [args, message] of [
    [["--vectors", "no-such-run"], "no such run"],
    [["--data", data], "train text: expected forms of be or have"],
  ] as const) {
    const { status, stderr } = start([...TINY, "--quiet", ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(
      stderr
        .trim()
        .split("\n")
        .filter((line) => line.startsWith("error")),
    ).toHaveLength(1);
  }
}, 120_000);
