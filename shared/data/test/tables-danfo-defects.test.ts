import { beforeAll, describe, expect, test } from "vitest";
import { applyImputer, concatTables, fitImputer, loadDanfo, numbers, parseTable } from "../src/tables/index.ts";

const table = parseTable("t", "x,y,c\n1,2,a\nNA,4,NA\n3,3,b\n");

/** Each is why the adapter does that work itself. Where one fails after an update, danfojs has mended it. */
describe("defects of danfojs 1.2.0 that the adapter does not have", () => {
  let danfo: Awaited<ReturnType<typeof loadDanfo>>;
  beforeAll(async () => {
    danfo = await loadDanfo();
  }, 30_000); // it takes a second to load, several on a busy machine
  const rows = [
    [1, 2],
    [Number.NaN, 4],
  ];
  const frame = () => new danfo.DataFrame(structuredClone(rows), { columns: ["x", "y"] });

  test("fillNa of one column changes the source", () => {
    const source = frame();
    source.fillNa([9], { columns: ["x"] });
    expect(source.values[1]).toEqual([9, 4]);
    applyImputer(fitImputer(table), table);
    expect([...numbers(table, "x")]).toEqual([1, Number.NaN, 3]);
  });
  test("concat breaks the first frame", () => {
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
