import { assertShape } from "@course/core";
import type { NumericArray, Saveable } from "./saveable.ts";

/** An array, or one with a shape. */
export type SaveableArray = NumericArray | { readonly shape: readonly number[]; readonly data: NumericArray };

/**
 * Makes a list of arrays, the weights of a from-scratch model or an optimizer's moments, what a run
 * can track; they are known by their place in the list.
 *
 * Its `restore` throws a ShapeError where the checkpoint does not fit.
 */
export function saveableArrays(items: readonly SaveableArray[]): Saveable {
  const arrays = Object.fromEntries(items.map((item, i) => [i, "data" in item ? item.data : item]));
  const shapes = Object.fromEntries(items.flatMap((item, i) => ("data" in item ? [[i, item.shape]] : [])));
  return {
    state: () => ({ arrays, shapes }),
    restore({ arrays: saved }) {
      for (const [i, array] of Object.entries(arrays)) {
        assertShape(`checkpoint array ${i}`, [saved[i]?.length ?? 0], { length: array.length });
        array.set(saved[i]!);
      }
    },
  };
}
