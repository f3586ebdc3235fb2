import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMetrics, readSafetensors, readSummary } from "@course/train";
import { endAfterAnEpoch } from "@course/train/testing";
import { beforeEach, expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "..", "src", "train.ts");
const TINY = ["--preset", "smoke", "--epochs", "3", "--dropout", "0.3"];

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "runs-"));
  return () => rmSync(out, { recursive: true });
});

const start = (args: string[]) => spawnSync(process.execPath, [SCRIPT, "--out", out, ...args], { encoding: "utf8" });
const latest = () => join(out, "word-embeddings", readFileSync(join(out, "word-embeddings", "latest"), "utf8").trim());
const bytesOf = (folder: string) => readFileSync(join(folder, "embeddings.safetensors"));
/** A folder of one's own texts, each paragraph many times. */
const texts = (paragraph: string, times = 60) => {
  const folder = mkdtempSync(join(out, "texts-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "own.txt"), Array(times).fill(paragraph).join("\n\n"));
  return folder;
};

test("three models side by side: vectors, figures, baselines; killed and resumed it ends with the same bytes", async () => {
  expect(start(["--quiet", ...TINY])).toMatchObject({ status: 0 });
  const whole = latest();
  const { metrics, baselines } = readSummary(whole);
  expect(Object.keys(baselines)).toEqual(["unigram", "bigram", "trigram with backoff", "trigram, Kneser–Ney"]);
  expect(Object.keys(metrics)).toEqual(expect.arrayContaining(["test/nextWord", "test/perplexity", "test/cbow"]));
  expect(readdirSync(join(whole, "figures"))).toEqual(
    expect.arrayContaining(["cosine.svg", "neighbours.svg", "next-word.svg", "vocabulary.svg"]),
  );
  expect(readdirSync(join(whole, "projector")).sort()).toEqual(["embedd.tsv", "metadata.tsv"]);
  const { tensors, metadata } = readSafetensors(join(whole, "embeddings.safetensors"));
  expect(tensors.embeddings!.shape).toEqual([JSON.parse(metadata.tokens!).length, 16]);
  expect(readMetrics(join(whole, "metrics.jsonl")).filter((line) => "validation/loss" in line)).toHaveLength(3);

  await endAfterAnEpoch(SCRIPT, ["--out", out, ...TINY], "SIGKILL");
  const resumed = latest();
  expect(resumed).not.toBe(whole);
  expect(start(["--resume", "--quiet"]).status).toBe(0);
  expect(bytesOf(resumed)).toEqual(bytesOf(whole));
  expect(readSummary(resumed).metrics).toEqual(metrics);
}, 120_000);

test.each([
  [
    "twenty words",
    "The quick brown fox jumps over a lazy dog, while my old grey cat sleeps on warm red bricks near us.",
  ],
  ["one word that is kept", "again again again"],
])(
  "a user's text of %s is learnt from, and leaves its vectors",
  (_, paragraph) => {
    const { status, stderr } = start([...TINY, "--quiet", "--dimension", "128", "--data", texts(paragraph)]);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(bytesOf(latest()).length).toBeGreaterThan(0);
  },
  120_000,
);

test("one model alone, in a single step", () => {
  const { status } = start([...TINY, "--quiet", "--epochs", "1", "--limit", "900", "--models", "skip-gram"]);
  expect(status).toBe(0);
  expect(readSummary(latest()).metrics["test/nextWord"]).toBeUndefined();
}, 120_000);

test("a threshold that leaves nothing ends in one line and exit code 2", () => {
  const { status, stderr } = start([...TINY, "--quiet", "--minCount", "1000000"]);
  expect(status).toBe(2);
  expect(
    stderr
      .trim()
      .split("\n")
      .filter((line) => line.startsWith("error")),
  ).toHaveLength(1);
}, 120_000);
