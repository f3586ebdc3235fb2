import { assertShape } from "@course/core";

/** @throws RangeError if there is nothing to draw. */
export function assertNotEmpty(what: string, items: ArrayLike<unknown>): void {
  if (items.length === 0) throw new RangeError(`${what}: expected at least one, received none`);
}

/** @throws ShapeError unless `values` has one value for each of `count` points. */
export function assertLength(what: string, values: ArrayLike<unknown>, count: number): void {
  assertShape(what, [values.length], { points: count });
}

/** @throws RangeError unless `value`, where given, is a whole number from 1 up. */
export function assertCount(what: string, value: number | undefined): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return;
  throw new RangeError(`${what}: expected a whole number from 1 up, received ${value}`);
}
