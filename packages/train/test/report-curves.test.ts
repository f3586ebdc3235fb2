import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { MetricsLog, readMetrics } from "../src/metrics-log.ts";
import { drawCurves, pointsOf } from "../src/report-curves.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "curves-"));
  return () => rmSync(folder, { recursive: true });
});

/** The log of a training whose perplexity overflows, as it is read back from its file. */
function divergedLog(perplexities: readonly number[]) {
  const log = new MetricsLog(folder);
  perplexities.forEach((perplexity, i) => {
    const epoch = { "train/epochLoss": i + 1, "validation/loss": i + 2, "validation/perplexity": perplexity };
    log.append({ step: 10 * i, epoch: i + 1, ...epoch });
  });
  log.flush();
  return readMetrics(join(folder, "metrics.jsonl"));
}

test("a metric that is no finite number is a gap in its curve, not a 0", () => {
  const lines = divergedLog([20, 700, Number.POSITIVE_INFINITY, Number.NaN]);
  expect(pointsOf(lines, "validation/perplexity", "epoch")).toEqual({
    x: [1, 2, 3, 4],
    y: [20, 700, Number.NaN, Number.NaN],
  });
});

test("the report of a training that diverged at once has all its charts, the empty one with the reason", async () => {
  const [loss, perplexity] = await drawCurves(divergedLog([Number.POSITIVE_INFINITY, Number.NaN]));
  expect(loss).toContain("loss by epoch");
  expect(loss).not.toContain("no point to draw");
  expect(perplexity).toContain("perplexity by epoch");
  expect(perplexity!.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ")).toContain("no point to draw: none is finite");
});
