import { createHash } from "node:crypto";
import { UserError } from "@course/core";

/** Stands for every token that is not in the vocabulary; its id is 0. */
export const UNKNOWN = "<unk>";

/** Tokens with ids, and what the text that they were counted in had. Plain data but for `ids`. */
export interface Vocabulary {
  /** Id → token; `<unk>` first, then by count, the most frequent first, ties by code units. */
  readonly tokens: readonly string[];
  /** [tokens.length] occurrences; those of `<unk>` are the occurrences of all rarer tokens. */
  readonly counts: readonly number[];
  readonly ids: ReadonlyMap<string, number>;
  readonly minCount: number;
  /** Tokens counted, and how many of them differ. */
  readonly total: number;
  readonly distinct: number;
  /** Share of the counted tokens that have an id of their own, in [0, 1]. */
  readonly coverage: number;
  /** SHA-256 of `tokens` in their order: two models agree on ids where it is equal. */
  readonly hash: string;
}

export interface VocabularyOptions {
  /** Occurrences that a token needs for an id of its own. Default 1. */
  readonly minCount?: number;
}

/**
 * Counts tokens (words or characters), of the training split only, and gives an id to each with
 * `minCount` or more occurrences.
 *
 * @throws UserError for an empty text, or a threshold that leaves nothing.
 */
export function buildVocabulary(tokens: readonly string[], { minCount = 1 }: VocabularyOptions = {}): Vocabulary {
  if (!Number.isInteger(minCount) || minCount < 1)
    throw new UserError(`vocabulary: expected a whole minCount of at least 1, received ${minCount}`);
  if (tokens.length === 0) throw new UserError("vocabulary: expected tokens, received none (an empty text?)");
  const all = countTokens(tokens);
  const kept = [...all].filter(([token, count]) => count >= minCount && token !== UNKNOWN);
  if (kept.length === 0) {
    const most = [...all.values()].reduce((a, b) => Math.max(a, b), 0);
    throw new UserError(
      `vocabulary: expected tokens that occur ${minCount} times or more, received none: ` +
        `the most frequent occurs ${most} times (minCount too high or text too short?)`,
    );
  }
  kept.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const known = kept.reduce((sum, [, count]) => sum + count, 0);
  const entries: [string, number][] = [[UNKNOWN, tokens.length - known], ...kept];
  return fromEntries(entries, { minCount, total: tokens.length, distinct: all.size, coverage: known / tokens.length });
}

/** Token → occurrences, in order of first occurrence. */
export function countTokens(tokens: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

type Statistics = Pick<Vocabulary, "minCount" | "total" | "distinct" | "coverage">;

function fromEntries(entries: readonly (readonly [string, number])[], statistics: Statistics): Vocabulary {
  const tokens = entries.map(([token]) => token);
  const hash = createHash("sha256").update(JSON.stringify(tokens)).digest("hex");
  const ids = new Map(tokens.map((token, id) => [token, id]));
  return { tokens, counts: entries.map(([, count]) => count), ids, hash, ...statistics };
}

/** A vocabulary as JSON holds it. */
export type SavedVocabulary = Omit<Vocabulary, "ids">;

export function saveVocabulary({ ids: _, ...saved }: Vocabulary): SavedVocabulary {
  return saved;
}

/** @throws UserError where the tokens are not those that were saved, or it is no vocabulary. */
export function restoreVocabulary({ tokens, counts, hash, ...statistics }: SavedVocabulary): Vocabulary {
  if (!Array.isArray(tokens) || !Array.isArray(counts))
    throw new UserError("vocabulary: expected tokens and their counts, received another program's file or an old one");
  const restored = fromEntries(
    tokens.map((token, id) => [token, counts[id]!]),
    statistics,
  );
  if (restored.hash !== hash)
    throw new UserError(
      `vocabulary: expected the hash ${hash}, received ${restored.hash} (edited, or of another model?)`,
    );
  return restored;
}
