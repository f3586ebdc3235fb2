import { decode, type Vocabulary } from "@course/data";
import type { Config } from "../src/config.ts";

/** Ids → text as it is printed: characters side by side, words with spaces but not around marks. */
export function formatText(ids: ArrayLike<number>, vocabulary: Vocabulary, level: Config["level"]): string {
  const tokens = decode(vocabulary, ids);
  if (level === "character") return tokens.join("");
  let isOpen = false;
  let text = "";
  for (const token of tokens) {
    const closes = token === '"' && isOpen;
    const joinsLeft =
      closes ||
      /^[.,;:!?)]$/.test(token) ||
      token === "--" ||
      /(?:--|\()$/.test(text) ||
      (isOpen && text.endsWith('"'));
    text += text === "" || joinsLeft ? token : ` ${token}`;
    if (token === '"') isOpen = !isOpen;
  }
  return text;
}
