import { expect, test } from "vitest";
import type { Contender } from "../src/contender.ts";
import { contest, median } from "../src/contest.ts";

/** Says it took `milliseconds`, and one more each round; knows nothing of the part `lacks`. */
const fake = (name: string, milliseconds: number, lacks = "nothing"): Contender => ({
  name,
  command: process.execPath,
  args: [
    "-e",
    `let t = ${milliseconds}; console.log(JSON.stringify({ready: "fake"}));
     process.stdin.on("data", (part) => console.log(JSON.stringify(
       String(part).trim() === "${lacks}" ? {} : {milliseconds: t++, peakMebibytes: 5})))`,
  ],
});

test("the median by hand, of an odd and of an even count", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test("the warm-up round does not count; the ratio is ours over theirs, round by round", async () => {
  const [standings] = await contest([fake("a", 9), fake("b", 19)], 3);
  const [ours, theirs] = standings!;
  expect(ours).toMatchObject({ name: "a", description: "fake", median: 11, best: 10, ratio: 1, rounds: 3 });
  expect(theirs).toMatchObject({ median: 21, best: 20, ratio: 11 / 21 }); // 10/20, 11/21, 12/22
});

test("a slow contender takes part in some rounds, and its ratios are of those", async () => {
  const [standings] = await contest([fake("a", 9), { ...fake("b", 20), every: 2 }], 4);
  // warm-up 9 and 20; b's rounds are 2 and 4, where a took 11 and 13 and b 21 and 22
  expect(standings![1]).toMatchObject({ rounds: 2, median: 21.5, best: 21, ratio: (11 / 21 + 13 / 22) / 2 });
});

test("a contender that never gets a turn otherwise takes part in the last round", async () => {
  const [standings] = await contest([fake("a", 9), { ...fake("b", 20), every: 8 }], 2);
  expect(standings![1]).toMatchObject({ rounds: 1, median: 21 });
});

test("parts are asked for by name; who lacks one is left out of it", async () => {
  const [one, two] = await contest([fake("a", 9), fake("b", 19, "second")], 2, { parts: ["first", "second"] });
  expect(one!.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(two!.map(({ name }) => name)).toEqual(["a"]);
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
