import type { Patience, Progress } from "../open-options.ts";

/** What every source needs to fetch an entry's files. */
export interface FetchContext {
  readonly cacheFolder: string;
  readonly offline: boolean;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  readonly patience: Patience | undefined;
}
