import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { UserError } from "@course/core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  describeTable,
  fromDataFrame,
  loadAdmissions,
  loadDanfo,
  loadPenguins,
  numbers,
  parseTable,
  strings,
  toDataFrame,
} from "../src/tables/index.ts";

const PATIENCE = 30_000; // danfojs takes a second to load, several on a busy machine
beforeAll(loadDanfo, PATIENCE);

describe("danfojs itself", () => {
  test(
    "is not loaded before it is used",
    () => {
      const script = `
      import { createRequire } from "node:module";
      import { loadDanfo, loadPenguins } from "./src/index.ts";
      const { cache } = createRequire(import.meta.url);
      const loaded = () => Object.keys(cache).some((path) => path.includes("danfojs-node"));
      await loadPenguins();
      const before = loaded();
      await loadDanfo();
      console.log(before, loaded());`;
      const cwd = new URL("..", import.meta.url);
      const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
        cwd,
        encoding: "utf8",
      });
      expect(stdout.trim()).toBe("false true");
    },
    PATIENCE,
  );
  test("has the repository's one TensorFlow.js", async () => {
    const { tensorflow } = await loadDanfo();
    const ours = createRequire(new URL("../../danfo-tf/index.cjs", import.meta.url))("@tensorflow/tfjs");
    expect(tensorflow).toBe(ours);
  });
});

const table = parseTable("t", "x,y,c\n1,2,a\nNA,4,NA\n3,3,b\n");

describe("tables and danfojs's DataFrame", () => {
  test("there and back; one column too", async () => {
    expect(fromDataFrame("t", await toDataFrame(table))).toEqual(table);
    const one = parseTable("t", "x\n1\nNA\n");
    expect(fromDataFrame("t", await toDataFrame(one))).toEqual(one);
  });
  test("numbers keep all their digits", async () => {
    const { table: penguins } = await loadPenguins();
    expect(fromDataFrame("penguins.csv", await toDataFrame(penguins))).toEqual(penguins);
  });
  test("what danfojs does to the frame does not reach the table", async () => {
    const frame = await toDataFrame(table);
    frame.fillNa([9], { columns: ["x"], inplace: true });
    expect(frame.column("x").values).toEqual([1, 9, 3]);
    expect([...numbers(table, "x")]).toEqual([1, Number.NaN, 3]);
  });
  test("grouping, danfojs's own work: admissions by department", async () => {
    const { table: applicants } = await loadAdmissions();
    const frame = await toDataFrame(applicants);
    const counts = fromDataFrame("counts", frame.groupby(["department"]).col(["outcome"]).count());
    expect(strings(counts, "department")).toEqual(["A", "B", "C", "D", "E", "F"]);
    expect([...numbers(counts, "outcome_count")]).toEqual([933, 585, 918, 792, 584, 714]);
  });
  test("a column that mixes numbers and strings is refused", async () => {
    const { DataFrame } = await loadDanfo();
    const mixed = new DataFrame([[1], ["x"], [2]], { columns: ["m"] });
    expect(() => fromDataFrame("t", mixed)).toThrow(
      new UserError(
        't, row 1, column "m": expected a number as in 2 of 3 rows, received "x" (a mark for a missing value that the option missing does not name, or a shifted row? else declare the column\'s type in the schema)',
      ),
    );
    expect(strings(fromDataFrame("t", mixed, { m: "text" }), "m")).toEqual(["1", "x", "2"]);
  });
});

describe("describeTable", () => {
  test("hand-worked with a missing value: 1 and 3 have mean 2 and sample variance 2", async () =>
    expect((await describeTable(table))[0]).toEqual({
      name: "x",
      count: 2,
      missing: 1,
      mean: 2,
      standardDeviation: Math.SQRT2,
      min: 1,
      median: 2,
      max: 3,
    }));
  test("no value: NaN, no exception; one value: no deviation", async () => {
    const [none, one] = await describeTable(parseTable("t", "x,y\nNA,5\n"));
    expect(none).toEqual({
      name: "x",
      count: 0,
      missing: 1,
      mean: Number.NaN,
      standardDeviation: Number.NaN,
      min: Number.NaN,
      median: Number.NaN,
      max: Number.NaN,
    });
    expect(one).toMatchObject({ count: 1, mean: 5, standardDeviation: Number.NaN, median: 5 });
  });
});
