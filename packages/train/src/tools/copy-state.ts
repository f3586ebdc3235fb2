import type { Saveable, SavedState } from "../saveable.ts";

/** Copies of the arrays and the JSON: what `state()` gives may be live. */
export function copyState({ arrays, json }: SavedState): SavedState {
  const copies = Object.entries(arrays).map(([name, array]) => [name, array.slice()]);
  return { arrays: Object.fromEntries(copies), json: structuredClone(json) };
}

/** Runs `body` and leaves every part as it was before, also if `body` throws. */
export async function withRestored<T>(parts: readonly Saveable[], body: () => Promise<T>): Promise<T> {
  const saved = parts.map((part) => copyState(part.state()));
  try {
    return await body();
  } finally {
    parts.forEach((part, i) => {
      part.restore(saved[i]!);
    });
  }
}
