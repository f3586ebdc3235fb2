import { UserError } from "@course/core";

/** Stands before the first token of a text. It shares the vector of `<unk>`, which has the same id. */
export const START = 0;
/** Target of a place behind a text's end; it does not count. */
export const NONE = -1;

/** What a recurrent network reads: windows in order, each [batch, time]; row b of a window goes on in the next one's. */
export interface Streams {
  readonly windows: number;
  readonly batch: number;
  readonly time: number;
  /** [windows, batch, time] tokens read. */
  readonly inputs: Int32Array;
  /** [windows, batch, time] the token after each, or NONE. */
  readonly targets: Int32Array;
  /** [windows, batch] 1 where a text begins: what the network remembers is of another one. */
  readonly resets: Uint8Array;
}

/**
 * Cuts each text into segments of `time` tokens, its last one filled up with NONE, and all segments, in order, into
 * `batchSize` streams of equal length that are read side by side. A window is one segment of each stream.
 *
 * @throws UserError for texts of fewer than `time` tokens in all.
 */
export function arrangeStreams(
  texts: readonly Int32Array[],
  { batchSize, time }: { readonly batchSize: number; readonly time: number },
): Streams {
  const tokens = texts.reduce((sum, { length }) => sum + length, 0);
  if (tokens < time)
    throw new UserError(
      `--time ${time}: expected a text of at least as many tokens, received ${tokens} (context too long or text too short?)`,
    );
  const segments = texts.reduce((sum, { length }) => sum + Math.ceil(length / time), 0);
  const batch = Math.min(batchSize, segments);
  const windows = Math.ceil(segments / batch);
  const size = windows * batch * time;
  const inputs = new Int32Array(size).fill(START);
  const targets = new Int32Array(size).fill(NONE);
  const resets = new Uint8Array(windows * batch);
  resets.fill(1, 0, batch); // every stream begins anew
  // #solution 1.1 for each segment of each text: its place, the reset at a text's start, targets, inputs one token late
  let segment = 0;
  for (const text of texts)
    for (let start = 0; start < text.length; start += time, segment++) {
      const row = (segment % windows) * batch + Math.floor(segment / windows);
      if (start === 0) resets[row] = 1;
      targets.set(text.subarray(start, start + time), row * time);
      inputs.set(
        text.subarray(Math.max(0, start - 1), Math.min(start + time, text.length) - 1),
        row * time + Number(start === 0),
      );
    }
  // #end
  return { windows, batch, time, inputs, targets, resets };
}

/** One window: inputs and targets [batch, time], resets [batch]. */
export function windowAt({ batch, time, inputs, targets, resets }: Streams, window: number) {
  const [from, to] = [window * batch, (window + 1) * batch];
  return {
    inputs: inputs.subarray(from * time, to * time),
    targets: targets.subarray(from * time, to * time),
    resets: resets.subarray(from, to),
  };
}
