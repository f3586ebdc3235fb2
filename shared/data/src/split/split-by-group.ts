import type { Random } from "@course/core";
import { type Fractions, splitEnds } from "./fractions.ts";

/**
 * Splits so that examples of one origin (book, patient, source digit) never lie in two splits:
 * otherwise a model is tested on what it has seen.
 *
 * The groups, in random order, go one by one to the split that is furthest below its share of the
 * examples; the last ones go to splits that are still empty. Shares are met as well as the groups
 * allow.
 *
 * @param groups [count]: the origin of each example.
 * @returns split name → its indices, ascending.
 * @throws RangeError as `splitEnds`, where fractions do not add up to 1, or where there are fewer groups than splits.
 */
export function splitByGroup<Name extends string>(
  groups: ArrayLike<string | number>,
  fractions: Fractions<Name>,
  random: Random,
): Record<Name, Uint32Array> {
  if (splitEnds(groups.length, fractions).at(-1)?.[1] !== groups.length)
    throw new RangeError("splitByGroup: expected fractions that add up to 1 (name what is left over)");
  const splits = Object.entries<number>(fractions).map(([name, fraction]) => ({
    name,
    target: fraction * groups.length,
    members: [] as number[],
  }));
  const open = splits.filter(({ target }) => target > 0);
  const queue = random.shuffle(membersByGroup(groups));
  if (queue.length < open.length)
    throw new RangeError(`splitByGroup: expected at least ${open.length} groups, received ${queue.length}`);
  for (const [i, members] of queue.entries()) {
    const empty = open.filter((split) => split.members.length === 0);
    const candidates = queue.length - i <= empty.length ? empty : open;
    const chosen = candidates.reduce((best, split) => (shortfall(split) > shortfall(best) ? split : best));
    for (const index of members) chosen.members.push(index);
  }
  return Object.fromEntries(splits.map(({ name, members }) => [name, Uint32Array.from(members).sort()])) as Record<
    Name,
    Uint32Array
  >;
}

function shortfall({ target, members }: { readonly target: number; readonly members: readonly number[] }): number {
  return target - members.length;
}

function membersByGroup(groups: ArrayLike<string | number>): number[][] {
  const members = new Map<string | number, number[]>();
  for (let i = 0; i < groups.length; i++) {
    const group = members.get(groups[i]!);
    if (group) group.push(i);
    else members.set(groups[i]!, [i]);
  }
  return [...members.values()];
}
