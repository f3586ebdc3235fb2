import { UserError } from "@course/core";

export interface WindowOptions {
  /** Tokens before the target. */
  readonly before: number;
  /** Tokens after it. Default 0: the task is the next token. */
  readonly after?: number;
}

/** Examples for a model that guesses a token from those around it. */
export interface Windows {
  /** [count, width] flattened: the tokens before the target, then those after it, in the text's order. */
  readonly contexts: Int32Array;
  /** [count] */
  readonly targets: Int32Array;
  /** before + after */
  readonly width: number;
}

/**
 * Every place of a text that has enough tokens around it, in order: count = ids.length − before − after.
 *
 * @param ids [tokens] of one text, or of one split's chapters one after another.
 * @throws UserError for a window that is longer than the text, or holds no context.
 */
export function contextWindows(ids: Int32Array, { before, after = 0 }: WindowOptions): Windows {
  const width = before + after;
  if (!(Number.isInteger(before) && Number.isInteger(after) && before >= 0 && after >= 0 && width > 0))
    throw new UserError(`context: expected whole numbers of tokens, 1 or more in all, received ${before} and ${after}`);
  const count = ids.length - width;
  if (count < 1)
    throw new UserError(
      `context: expected a text longer than the context of ${width} tokens, received ${ids.length} tokens ` +
        "(text too short or context too long?)",
    );
  const contexts = new Int32Array(count * width);
  for (let i = 0; i < count; i++) {
    const middle = i + before;
    for (let j = 0; j < before; j++) contexts[i * width + j] = ids[i + j]!;
    for (let j = 0; j < after; j++) contexts[i * width + before + j] = ids[middle + 1 + j]!;
  }
  return { contexts, targets: ids.slice(before, before + count), width };
}
