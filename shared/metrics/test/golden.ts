import { readFileSync } from "node:fs";

/** What `golden/make_golden.py` computed with independent implementations. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8"));
}
