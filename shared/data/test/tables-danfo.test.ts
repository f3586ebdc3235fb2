import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { UserError } from "@course/core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  applyImputer,
  concatTables,
  describeTable,
  fitImputer,
  fromDataFrame,
  loadAdmissions,
  loadDanfo,
  loadPenguins,
  numbers,
  parseTable,
  strings,
  toDataFrame,
} from "../src/tables/index.ts";

const table = parseTable("t", "x,y,c\n1,2,a\nNA,4,NA\n3,3,b\n");

describe("danfojs itself", () => {
  test("is not loaded before it is used", () => {
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
  });
  test("has the repository's one TensorFlow.js", async () => {
    const { tensorflow } = await loadDanfo();
    const ours = createRequire(new URL("../../danfo-tf/index.cjs", import.meta.url))("@tensorflow/tfjs");
    expect(tensorflow).toBe(ours);
  });
});

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

/** Each is why the adapter does that work itself. Where one fails after an update, danfojs has mended it. */
describe("defects of danfojs 1.2.0 that the adapter does not have", () => {
  let danfo: Awaited<ReturnType<typeof loadDanfo>>;
  beforeAll(async () => {
    danfo = await loadDanfo();
  });
  const frame = () =>
    new danfo.DataFrame(
      [
        [1, 2],
        [Number.NaN, 4],
      ],
      { columns: ["x", "y"] },
    );

  test("fillNa of one column changes the source", () => {
    const source = frame();
    source.fillNa([9], { columns: ["x"] });
    expect(source.values).toEqual([
      [1, 2],
      [9, 4],
    ]);
    applyImputer(fitImputer(table), table);
    expect([...numbers(table, "x")]).toEqual([1, Number.NaN, 3]);
  });
  test("concat changes the first frame", () => {
    const first = frame();
    danfo.concat({ dfList: [first, frame()], axis: 0 });
    expect(() => first.column("y")).toThrow("You provided an index of length 2 but Ndframe rows has length of 4");
    concatTables(table, table);
    expect([...numbers(table, "y")]).toEqual([2, 4, 3]);
  });
  test("describe has no mean or median where a value is missing", () => {
    const summary = frame().describe();
    expect(summary.column("x").values.filter(Number.isNaN).length).toBeGreaterThan(2);
  });
  test("StandardScaler: NaN for a constant column", () =>
    expect(new danfo.StandardScaler().fitTransform([[5], [5]])).toEqual([[Number.NaN], [Number.NaN]]));
  test("OneHotEncoder: an unseen category is written to index −1", () => {
    const encoder = new danfo.OneHotEncoder();
    encoder.fit(["a", "b"]);
    expect(Object.keys((encoder.transform(["z"]) as number[][])[0]!)).toContain("-1");
  });
  test("LabelEncoder: a function for the class constructor, numbers for classes that are digits", () => {
    const encoder = new danfo.LabelEncoder();
    encoder.fit(["10", "9"]);
    expect(typeof (encoder.transform(["constructor"]) as unknown[])[0]).toBe("function");
    expect(encoder.inverseTransform([0])).toEqual([10]);
  });
  test("a mixed column becomes strings in silence", () =>
    expect(new danfo.DataFrame([[1], ["x"]], { columns: ["m"] }).dtypes).toEqual(["string"]));
});
