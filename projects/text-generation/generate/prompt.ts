import { UserError } from "@course/core";
import { encode, type Vocabulary } from "@course/data";
import type { Config } from "../src/config.ts";
import { TOKENIZERS } from "../src/data.ts";

/**
 * Prompt → ids; an empty prompt has none. Tokens that the network has never seen are read as `<unk>`, and the user hears
 * of them.
 *
 * @throws UserError where it knows none of them.
 */
export function readPrompt(
  prompt: string,
  vocabulary: Vocabulary,
  level: Config["level"],
  onNotice = (notice: string) => console.error(`note: ${notice}`),
): number[] {
  const tokens = TOKENIZERS[level](prompt);
  if (tokens.length === 0 && prompt.trim() !== "")
    throw new UserError(`--prompt: expected ${level}s, received "${prompt}", which has none`);
  const unknown = [...new Set(tokens.filter((token) => !vocabulary.ids.has(token)))];
  const list = unknown.map((token) => `"${token}"`).join(", ");
  if (tokens.length > 0 && tokens.every((token) => unknown.includes(token)))
    throw new UserError(
      `--prompt: expected ${level}s of the text that the network learnt, received ${list}: it knows none of them`,
    );
  if (unknown.length > 0) onNotice(`--prompt: not in the vocabulary and read as <unk>: ${list}`);
  return [...encode(vocabulary, tokens)];
}
