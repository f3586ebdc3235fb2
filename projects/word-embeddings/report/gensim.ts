import { join } from "node:path";
import type { Interval } from "@course/metrics";
import { readJson } from "@course/train";
import type { Config } from "../src/config.ts";

type Score = Pick<Interval, "estimate" | "low" | "high"> & { readonly words: number };

interface Peer {
  readonly settings: Readonly<Record<string, number>>;
  readonly runs: readonly Score[];
}

/**
 * The mean over the seeds of `study/gensim.json`: the score of gensim's word2vec on the books and its interval; undefined
 * where it had other settings.
 */
export function readGensim(config: Config): Score | undefined {
  const { settings, runs } = readJson(join(import.meta.dirname, "..", "study", "gensim.json")) as Peer;
  if (Object.entries(settings).some(([name, value]) => config[name as keyof Config] !== value)) return undefined;
  const mean = (key: keyof Score) => runs.reduce((sum, run) => sum + run[key], 0) / runs.length;
  return { words: mean("words"), estimate: mean("estimate"), low: mean("low"), high: mean("high") };
}
