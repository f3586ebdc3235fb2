import { datasetHash } from "../hash/dataset-hash.ts";
import { assertClassCounts, type ImageSet } from "../images/image-set.ts";
import type { OpenedDataset } from "../open.ts";
import type { OpenOptions } from "../open-options.ts";
import { limitImages } from "../split/limit.ts";

export interface LoadOptions extends OpenOptions {
  /** Examples kept per split: stratified, and the same ones every time. */
  readonly limit?: number | undefined;
}

/** Where a loaded data set came from, for a run's summary. */
export interface Provenance {
  readonly name: string;
  /** As `OpenedDataset.source`. */
  readonly source: string;
  /** `datasetHash` over what was loaded, after `limit`. */
  readonly sha256: string;
  readonly isSubset: boolean;
  /** Why each better source was not used. */
  readonly skipped: readonly string[];
}

export interface LoadedImages {
  readonly train: ImageSet;
  readonly test: ImageSet;
  readonly provenance: Provenance;
}

/** Applies the limit and states the provenance. */
export function finishLoading(
  { entry, source, isSubset, skipped }: OpenedDataset,
  splits: { readonly train: ImageSet; readonly test: ImageSet },
  { limit }: LoadOptions,
): LoadedImages {
  const train = limitImages(splits.train, limit);
  const test = limitImages(splits.test, limit);
  const sha256 = datasetHash({ train, test });
  return { train, test, provenance: { name: entry.name, source, sha256, isSubset, skipped } };
}

/** @throws UserError unless every class has the same number of examples. */
export function assertBalanced(what: string, set: ImageSet): void {
  const share = set.shape[0] / set.classes.length;
  assertClassCounts(what, set, Array<number>(set.classes.length).fill(share));
}
