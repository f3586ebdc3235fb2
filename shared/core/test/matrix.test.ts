import fc from "fast-check";
import { expect, test } from "vitest";
import { addRow, createRandom, mapMatrix, matmul, matrix, sumRows, transpose, uniform } from "../src/index.ts";
import { assertClose } from "../src/testing/index.ts";

const a = matrix([
  [1, 2, 3],
  [4, 5, 6],
]);

test("matmul by hand", () => {
  // row 1: 1·1 + 2·0 + 3·2 = 7, 1·0 + 2·1 + 3·1 = 5; row 2: 4 + 12 = 16, 5 + 6 = 11
  const b = matrix([
    [1, 0],
    [0, 1],
    [2, 1],
  ]);
  expect(matmul(a, b)).toEqual(
    matrix([
      [7, 5],
      [16, 11],
    ]),
  );
});

test("transpose, addRow, sumRows and mapMatrix by hand", () => {
  expect(transpose(a)).toEqual(
    matrix([
      [1, 4],
      [2, 5],
      [3, 6],
    ]),
  );
  expect(addRow(a, matrix([[10, 20, 30]]))).toEqual(
    matrix([
      [11, 22, 33],
      [14, 25, 36],
    ]),
  );
  expect(sumRows(a)).toEqual(matrix([[5, 7, 9]]));
  expect(mapMatrix(a, (v) => -v).data[4]).toBe(-5);
});

test("(ab)ᵀ = bᵀaᵀ for any sizes", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      (m, k, n) => {
        const random = createRandom(m * 100 + k * 10 + n);
        const left = uniform(m, k, 1, random);
        const right = uniform(k, n, 1, random);
        const expected = matmul(transpose(right), transpose(left));
        assertClose("transposed product", transpose(matmul(left, right)).data, expected.data, { absolute: 1e-14 });
      },
    ),
  ));

test("names the axis that does not fit", () => {
  expect(() => matmul(a, a)).toThrow("matmul b: expected [k=3, n], received [2, 3]");
  expect(() => addRow(a, matrix([[1, 2]]))).toThrow("addRow row: expected [rows=1, columns=3], received [1, 2]");
  expect(() => matrix([[1, 2], [3]])).toThrow("matrix row 1: expected [columns=2], received [1]");
});
