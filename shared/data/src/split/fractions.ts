/** Split name → its share of the examples, in [0, 1]; together at most 1. What is left over is in no split. */
export type Fractions<Name extends string = string> = Readonly<Record<Name, number>>;

/**
 * Where each split ends among `count` examples: its cumulated share, rounded, so that every split
 * is within one example of its share and fractions that add up to 1 use every example.
 *
 * @throws RangeError for a fraction outside [0, 1], or a sum above 1.
 */
export function splitEnds<Name extends string>(count: number, fractions: Fractions<Name>): [Name, number][] {
  let sum = 0;
  return Object.entries<number>(fractions).map(([name, fraction]) => {
    if (!(fraction >= 0 && fraction <= 1))
      throw new RangeError(`split ${name}: expected a fraction in [0, 1], received ${fraction} (in percent?)`);
    sum += fraction;
    if (sum > 1 + 1e-9)
      throw new RangeError(`split ${name}: expected fractions of at most 1 together, received ${sum}`);
    return [name as Name, Math.round(Math.min(1, sum) * count)];
  });
}
