import { decode, type Vocabulary } from "@course/data";
import type { Config } from "../src/config.ts";

/**
 * Ids → text as it is printed: characters side by side, words with spaces but not around marks. Quotation marks open and
 * close in turn, but for one that stands between a mark and another quotation mark: it closes a speech whose start is
 * not in the text. A text that follows a prompt is formatted with it.
 */
export function formatText(ids: ArrayLike<number>, vocabulary: Vocabulary, level: Config["level"]): string {
  const tokens = decode(vocabulary, ids);
  if (level === "character") return tokens.join("");
  let isOpen = false;
  let text = "";
  for (const [i, token] of tokens.entries()) {
    const endsOther = tokens[i + 1] === '"' && /(?:[.,;:!?]|--)$/.test(text);
    const closes: boolean = token === '"' && (isOpen || endsOther);
    const joinsLeft =
      closes ||
      /^[.,;:!?)]$/.test(token) ||
      token === "--" ||
      /(?:--|\()$/.test(text) ||
      (isOpen && text.endsWith('"'));
    text += text === "" || joinsLeft ? token : ` ${token}`;
    if (token === '"') isOpen = !closes;
  }
  return text;
}
