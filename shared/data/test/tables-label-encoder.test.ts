import { UserError } from "@course/core";
import { describe, expect, test } from "vitest";
import { decodeLabels, encodeLabels, fitLabelEncoder, parseTable } from "../src/tables/index.ts";

const train = parseTable("train", "x,c,k\n1,b,5\n3,a,5\nNA,b,5\n8,NA,5\n");
const other = parseTable("test", "x,c,k\n7,z,6\nNA,a,5\n");
const throughJson = <T>(fitted: T): T => JSON.parse(JSON.stringify(fitted));

describe("label encoder", () => {
  const fitted = fitLabelEncoder(train, "c");
  test("hand-worked, there and back, through JSON", () => {
    expect(fitted.classes).toEqual(["a", "b"]);
    const table = parseTable("t", "c,x\nb,1\na,2\nb,3\n");
    const labels = encodeLabels(throughJson(fitted), table);
    expect([...labels]).toEqual([1, 0, 1]);
    expect(decodeLabels(fitted, labels)).toEqual(["b", "a", "b"]);
  });
  test("errors", () => {
    expect(() => encodeLabels(fitted, other)).toThrow(
      new UserError('test, row 0, column "c": class "z" is not in the training split (did you mean "a"?)'),
    );
    expect(() => encodeLabels(fitted, train)).toThrow(
      new UserError('train, row 3, column "c": expected a class, received a missing value (drop the row?)'),
    );
    expect(() => encodeLabels(fitted, parseTable("t", "c,x\nconstructor,1\n"))).toThrow('class "constructor" is not');
    expect(() => fitLabelEncoder(parseTable("t", "c,x\nNA,1\n", { schema: { c: "category" } }), "c")).toThrow(
      new UserError('t, column "c": expected classes, received none (all missing?)'),
    );
    expect(() => decodeLabels(fitted, [0, 2])).toThrow(
      "decodeLabels: expected labels from 0 to 1, received 2 at index 1",
    );
  });
});
