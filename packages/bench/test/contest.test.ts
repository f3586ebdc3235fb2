import { expect, test } from "vitest";
import type { Contender } from "../src/contender.ts";
import { contest, median } from "../src/contest.ts";
import { reportText } from "../src/report.ts";

/** Says it took `milliseconds`, and one more each round. */
const fake = (name: string, milliseconds: number): Contender => ({
  name,
  command: process.execPath,
  args: [
    "-e",
    `let t = ${milliseconds}; console.log(JSON.stringify({ready: "fake"}));
     process.stdin.on("data", () => console.log(JSON.stringify({milliseconds: t++, peakMebibytes: 5})))`,
  ],
});

test("the median by hand, of an odd and of an even count", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test("the warm-up round does not count; the ratio is ours over theirs, round by round", async () => {
  const [ours, theirs] = await contest([fake("a", 9), fake("b", 19)], 3);
  expect(ours).toMatchObject({ name: "a", description: "fake", median: 11, best: 10, ratio: 1 });
  expect(theirs).toMatchObject({ median: 21, best: 20, ratio: 11 / 21 }); // 10/20, 11/21, 12/22
  const text = reportText({
    measuredOn: "2026-01-01",
    machine: "m",
    rounds: 3,
    results: [{ name: "x", about: "y", examples: 64, standings: [ours!, theirs!] }],
  });
  expect(text).toContain("| x | b (fake) | 21.0 | 20.0 | 0.52 (0.50–0.55) | 3048 | 5 |");
});

test("a contender that dies is named with its last words", () => {
  const broken: Contender = {
    name: "peer",
    command: process.execPath,
    args: ["-e", "console.error('no numpy here'); process.exit(3)"],
  };
  return expect(contest([broken], 1)).rejects.toThrow("peer: ended early (exit code 3): no numpy here");
});

test("a command that is not there is named", () =>
  expect(contest([{ name: "peer", command: "/nowhere/python", args: [] }], 1)).rejects.toThrow(
    "peer: ended early (spawn /nowhere/python ENOENT)",
  ));
