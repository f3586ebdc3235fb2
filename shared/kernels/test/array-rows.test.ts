import { createRandom, ShapeError } from "@course/core";
import { expect, test } from "vitest";
import { type ArrayRows, loadKernels } from "../src/index.ts";
import { randomArray } from "./support.ts";

const kernels = await loadKernels();
const [n, count] = [6, 40];
const ids = Int32Array.from({ length: count }, (_, i) => (i * 7) % 11);

/** In the kernels' memory or outside. */
const places: readonly [string, (values: Float32Array) => Float32Array][] = [
  [
    "inside",
    (values) => {
      const array = kernels.allocate(values.length);
      array.set(values);
      return array;
    },
  ],
  ["outside", (values) => values.slice()],
];

test.each(places)("rows are taken and added, %s the kernels' memory", (_where, place) => {
  const [table, steps] = [randomArray(11 * n), randomArray(count * n, createRandom(2))];
  const taken = place(new Float32Array(count * n));
  kernels.takeRows({ table: place(table), ids, rows: taken, n });
  expect([...taken]).toEqual([...ids].flatMap((id) => [...table.subarray(id * n, (id + 1) * n)]));

  const added = place(table);
  kernels.addRows({ table: added, ids, rows: place(steps), n });
  const expected = table.slice();
  for (const [i, id] of ids.entries()) for (let j = 0; j < n; j++) expected[id * n + j] += steps[i * n + j];
  expect([...added]).toEqual([...expected]);
});

test("ids and lengths that do not fit are refused, and nothing is written", () => {
  const table = randomArray(11 * n);
  const given: ArrayRows = { table, ids, rows: new Float32Array(count * n).fill(7), n };
  const wrong = { ...given, ids: ids.map((id, i) => (i === 5 ? 11 : id)) };
  expect(() => kernels.takeRows(wrong)).toThrow("gather: expected indices in [0, 11), received 11 at position 5");
  expect(() => kernels.addRows(wrong)).toThrow("scatterAdd: expected indices in [0, 11), received 11 at position 5");
  expect([...given.rows]).toEqual(Array(count * n).fill(7));
  expect([...table]).toEqual([...randomArray(11 * n)]);
  expect(() => kernels.takeRows({ ...given, rows: new Float32Array(n) })).toThrow(ShapeError);
  expect(() => kernels.addRows({ ...given, table: new Float32Array(11 * n + 1) })).toThrow(ShapeError);
  expect(() => kernels.addRows({ ...given, n: 0 })).toThrow("addRows n: expected a whole number ≥ 1, received 0");
});
