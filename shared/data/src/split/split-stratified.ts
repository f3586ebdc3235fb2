import type { Random } from "@course/core";
import type { Fractions } from "./fractions.ts";
import { splitIndices } from "./split-indices.ts";

/**
 * Splits so that every class is divided by the same fractions, to within one example of a class.
 *
 * @param labels [count]; any numbers, each its own class.
 * @returns split name → its indices, in random order.
 * @throws RangeError as `splitIndices`.
 */
export function splitStratified<Name extends string>(
  labels: ArrayLike<number>,
  fractions: Fractions<Name>,
  random: Random,
): Record<Name, Uint32Array> {
  const parts = new Map<Name, number[]>();
  for (const name of Object.keys(fractions) as Name[]) parts.set(name, []);
  for (const members of groupByLabel(labels)) {
    const cut = splitIndices(members.length, fractions, random);
    for (const [name, part] of parts) for (const position of cut[name]) part.push(members[position]!);
  }
  const splits = [...parts].map(([name, part]) => [name, random.shuffle(Uint32Array.from(part))] as const);
  return Object.fromEntries(splits) as Record<Name, Uint32Array>;
}

/** Indices of each class, the classes in ascending order. */
function groupByLabel(labels: ArrayLike<number>): number[][] {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const members = groups.get(labels[i]!);
    if (members) members.push(i);
    else groups.set(labels[i]!, [i]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, members]) => members);
}
