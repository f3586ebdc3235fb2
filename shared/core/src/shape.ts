/** A tensor whose shape is not what a function needs. */
export class ShapeError extends Error {
  override name = "ShapeError";
}

/** Axis name → required size; `null` accepts any size. Key order is axis order. */
export type Axes = Readonly<Record<string, number | null>>;

/**
 * Throws a ShapeError that names every axis unless `shape` has the `expected` axes.
 *
 * @param what the value as its caller knows it, for the message: `"Dense.forward x"`.
 */
export function assertShape(what: string, shape: readonly number[], expected: Axes): void {
  const axes = Object.entries(expected);
  const matches = shape.length === axes.length && axes.every(([, size], i) => size === null || size === shape[i]);
  if (matches) return;
  const wanted = axes.map(([name, size]) => (size === null ? name : `${name}=${size}`));
  throw new ShapeError(`${what}: expected [${wanted.join(", ")}], received [${shape.join(", ")}]`);
}

/** Number of elements of a tensor of this shape; 1 for a scalar's empty shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
