/** Where the loop stands; all of it is in every checkpoint. */
export interface Position {
  /** The epoch that goes on, from 1. */
  epoch: number;
  /** Batches of this epoch that are done. */
  batch: number;
  step: number;
  /** Sum over this epoch's examples of their loss. */
  lossSum: number;
  /** Of this epoch, so far. */
  examples: number;
  datasetSha256: string | null;
}

export function startPosition(): Position {
  return { epoch: 1, batch: 0, step: 0, lossSum: 0, examples: 0, datasetSha256: null };
}

export function startNextEpoch(position: Position): void {
  Object.assign(position, { epoch: position.epoch + 1, batch: 0, lossSum: 0, examples: 0 });
}

/** "epoch 2, step 30" */
export function placeOf({ epoch, step }: Position): string {
  return `epoch ${epoch}, step ${step}`;
}

/** What differs if a run would go on with other data than it was started with. */
export function describeOtherData(saved: string | null, found: string | null): string | undefined {
  return saved === found ? undefined : `expected the data set ${shorten(saved)}, received ${shorten(found)}`;
}

function shorten(sha256: string | null): string {
  return sha256 === null ? "none" : `${sha256.slice(0, 12)}…`;
}
