import { readFileSync } from "node:fs";

interface NpyFile {
  readonly base64: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface Drawn {
  readonly angle: number;
  readonly scale: number;
  readonly shift: readonly [number, number];
  readonly box: readonly number[];
  readonly pixels: readonly number[];
}

/** What NumPy and SciPy wrote and drew; see golden/make_scenes.py. */
export const golden: {
  readonly arrays: Readonly<Record<string, NpyFile>>;
  readonly refused: Readonly<Record<"columns first" | "float16", NpyFile>>;
  readonly image: readonly number[];
  readonly side: number;
  readonly drawn: readonly Drawn[];
} = JSON.parse(readFileSync(new URL("../golden/scenes.json", import.meta.url), "utf8"));
