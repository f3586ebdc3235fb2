import { parse } from "node:path";

/**
 * Of each picture a name for what is written about it: its file's, without folder and ending, and with
 * a number where another has that name already: `a.png`, `b/a.png` → `a`, `a-2`.
 */
export function pictureNames(files: readonly string[]): string[] {
  const names = new Set<string>();
  for (const file of files) {
    const { name } = parse(file);
    let free = name;
    for (let number = 2; names.has(free); number++) free = `${name}-${number}`;
    names.add(free);
  }
  return [...names];
}
