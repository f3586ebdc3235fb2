import type { Work } from "./benchmark.ts";
import type { Standing } from "./contest.ts";

/** What a contest found out about one benchmark, or about one part of it. */
export interface Result extends Work {
  readonly name: string;
  readonly about: string;
  /** The threads of each contender, where they could have several. */
  readonly threads?: number | undefined;
  /** The benchmark that this is a part of. */
  readonly group?: string | undefined;
  readonly standings: readonly Standing[];
}
