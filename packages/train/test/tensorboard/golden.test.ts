import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readOutcome } from "./outcome.ts";
import { readMessage, readRecords } from "./reader.ts";
import { PNG, WEIGHTS, writeSampleRun } from "./sample-run.ts";

const golden = readOutcome();
const goldenRun = new URL("golden/run/", import.meta.url).pathname;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "events-"));
  writeSampleRun(folder);
  return () => rmSync(folder, { recursive: true });
});

/** What golden/read_events.py found TensorBoard to read from golden/run. */
describe("event files against TensorBoard's own readers", () => {
  test("the files are those that TensorBoard read, byte for byte", () => {
    const names = golden.records.map(({ file }) => file);
    expect(readdirSync(folder).sort()).toEqual(names);
    for (const name of names) expect(readFileSync(join(folder, name))).toEqual(readFileSync(join(goldenRun, name)));
  });
  test("the tests' own reader finds the same events", () => {
    const field = { file_version: 3, summary: 5, session_log: 7 } as Record<string, number>;
    for (const { file, events } of golden.records) {
      const ours = readRecords(join(folder, file)).map(readMessage);
      expect(ours).toHaveLength(events.length);
      ours.forEach((event, i) => {
        const [what, step, wallTime] = events[i]!;
        expect(event[field[what as string]!]).toHaveLength(1);
        expect([event[2]?.[0] ?? 0, event[1]![0]]).toEqual([step, wallTime]);
      });
    }
  });

  const { dashboards, dataServer, scripts } = golden;
  test("scalars: steps after the checkpoint are those of the resumed run", () => {
    const losses = [1, 1 / 2, 1 / 3, 1 / 4, -5, -6, -7, -300].map(Math.fround);
    const steps = [1, 2, 3, 4, 5, 6, 7, 300];
    expect(dashboards["train/loss"]!.plugin).toBe("scalars");
    for (const points of [dashboards["train/loss"]!.points, dataServer["train/loss"]!]) {
      expect(points.map(([step]) => step)).toEqual(steps);
      expect(points.map(([, , value]) => value)).toEqual(losses);
    }
    expect(scripts.scalars["train/loss"]).toEqual(steps.map((step, i) => [step, losses[i]]));
  });
  test("a tag that the resumed run does not write again: purged, except by the data server", () => {
    expect(dashboards.lost!.points).toEqual([]);
    expect(scripts.scalars.lost).toEqual([]);
    expect(dataServer.lost).toHaveLength(1);
  });
  test("histograms: edges and counts", () => {
    for (const points of [dashboards["model/kernel"]!.points, dataServer["model/kernel"]!]) {
      expect(points.map(([step]) => step)).toEqual([3, 7]);
      const [first, second] = points.map((point) => point[2] as number[][]);
      expect(first).toHaveLength(30);
      expect(first![0]![0]).toBe(Math.min(...WEIGHTS));
      expect(first!.at(-1)![1]).toBe(Math.max(...WEIGHTS));
      expect(first!.reduce((sum, [, , count]) => sum + count!, 0)).toBe(101);
      expect(second!.reduce((sum, [, , count]) => sum + count!, 0)).toBe(50);
    }
    expect(dataServer["model/bias"]![0]![2]).toEqual([[0.5, 0.5, 2]]);
  });
  test("image and text", () => {
    const image = ["3", "2", `PNG of ${PNG.length} bytes`];
    expect([dashboards["validation/samples"]!.points[0]![2], dataServer["validation/samples"]![0]![2]]).toEqual([
      image,
      image,
    ]);
    expect([dashboards.notes!.points[0]![2], dataServer.notes![0]![2]]).toEqual([["**bold** × ½"], ["**bold** × ½"]]);
  });
});
