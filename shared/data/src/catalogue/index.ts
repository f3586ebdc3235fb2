import { didYouMean, UserError } from "@course/core";
import type { Entry } from "./entry.ts";
import { imageEntries } from "./images.ts";
import { tableEntries } from "./tables.ts";
import { textEntries } from "./text.ts";

export type * from "./entry.ts";

/** Every data set that this package can find, verify and load. */
export const datasets: readonly Entry[] = [...imageEntries, ...textEntries, ...tableEntries];

/** @throws UserError naming the nearest data set where there is none of this name. */
export function findEntry(name: string): Entry {
  const entry = datasets.find((candidate) => candidate.name === name);
  if (entry) return entry;
  const names = datasets.map((candidate) => candidate.name);
  throw new UserError(`data set "${name}": not in the catalogue${didYouMean(name, names)}`);
}
