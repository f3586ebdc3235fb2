import { expect, test } from "vitest";
import type { Standing } from "../src/contest.ts";
import { reportText } from "../src/report.ts";
import type { Result } from "../src/result.ts";

const standing = (name: string, median: number): Standing => ({
  ...{ name, description: `${name} 1.0`, median, best: median - 1, rounds: 3 },
  ...{ ratio: 11 / median, ratioInterval: [0.5, 0.55], peakMebibytes: 5 },
});
const report = (results: readonly Result[]) => ({
  ...{ measuredOn: "2026-01-01", machine: "m", load: [0, 1.26] as const, rounds: 3, results },
});
const standings = [standing("a", 11), standing("b", 21)];

test("a row for each contender, with its rate", () => {
  const text = reportText(report([{ name: "x", about: "y", threads: 2, examples: 64, standings }]));
  expect(text).toContain("| x, 2 threads | a | 11.0 | 10.0 |  | 5818 examples/s | 5 |  |");
  expect(text).toContain("| x, 2 threads | b | 21.0 | 20.0 | 0.52 (0.50–0.55) | 3048 examples/s | 5 |  |");
  expect(text).toContain("- x: y");
  expect(text).toContain("Contenders: a (a 1.0); b (b 1.0).");
  expect(text).toContain("2026-01-01, m; load average before and after 0.0 and 1.3; at most 3 rounds");
});

test("parts get a row each: 33e6 operations in 11 ms are 3 GFLOP/s, and who lacks a kernel is said to", () => {
  const part = { about: "z", group: "kernel", threads: 1 };
  const text = reportText(
    report([
      { ...part, name: "p", operations: 33e6, standings },
      { ...part, name: "q", standings: standings.slice(0, 1) },
    ]),
  );
  expect(text).toContain("| kernel, 1 thread | ours, ms | rate | b, ms (ours ÷ theirs) |");
  expect(text).toContain("| p | 11.0 | 3.0 GFLOP/s | 21.0 (0.52) |");
  expect(text).toContain("| q | 11.0 |  | no such kernel |");
});
